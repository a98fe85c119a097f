/**
 * Sequences on a virtual clock: one lead, or a whole population, through the same machine as in the
 * job.
 */
package io.voronka.sequences.simulation;
