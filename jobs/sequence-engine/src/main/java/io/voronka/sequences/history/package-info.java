/** Runs through sequences, read back from their records on {@code sequences.progressed}. */
package io.voronka.sequences.history;
