/**
 * The Flink side: decoding with a way out for bad rows, and the reconciler with its state and time.
 */
package io.voronka.jobs.capturecontrol.operators;
