/** Sequences and what became of leads in them, in sentences, in both languages. */
package io.voronka.sequences.explain;
