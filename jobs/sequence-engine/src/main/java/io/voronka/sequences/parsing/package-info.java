/** Definitions as JSON to sequences, or all that is wrong with them. */
package io.voronka.sequences.parsing;
