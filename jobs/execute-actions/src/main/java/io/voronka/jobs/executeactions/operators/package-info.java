/** Where the domain meets Flink: keyed state, control rows, timers, the mailbox, metrics. */
package io.voronka.jobs.executeactions.operators;
