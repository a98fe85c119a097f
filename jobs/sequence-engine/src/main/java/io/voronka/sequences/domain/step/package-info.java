/** The kinds of steps, each with the steps that may follow it. */
package io.voronka.sequences.domain.step;
