/** The job's steps: state, timers and metrics, and nothing that is decided. */
package io.voronka.jobs.drivesequences.operators;
