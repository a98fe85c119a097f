/**
 * The load process: sends webhooks over keep-alive connections from one thread, as fast as they are
 * answered or evenly paced, and measures each. Read {@code LoadEngine} first.
 */
package io.voronka.infra.local.bench.load;
