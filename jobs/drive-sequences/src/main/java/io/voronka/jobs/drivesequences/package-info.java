/** The job that takes leads through sequences: its inputs, outputs and wiring. */
package io.voronka.jobs.drivesequences;
