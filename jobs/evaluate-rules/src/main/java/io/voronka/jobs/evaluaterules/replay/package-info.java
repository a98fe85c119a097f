/** Deciding a log again, without Flink: to prove decisions, and to try rules on the past. */
package io.voronka.jobs.evaluaterules.replay;
