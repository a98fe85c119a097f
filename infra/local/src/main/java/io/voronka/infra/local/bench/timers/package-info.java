/**
 * How late a job is with what it waits for when very many wait, across a restore. Read {@code
 * TimersBench} first.
 */
package io.voronka.infra.local.bench.timers;
