/** When waits are over, by the clocks on the wall. */
package io.voronka.sequences.domain.delay;
