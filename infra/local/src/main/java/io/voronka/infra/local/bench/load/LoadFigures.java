package io.voronka.infra.local.bench.load;

import io.voronka.infra.local.bench.Latency;

/**
 * What became of one stretch of load.
 *
 * @param answered requests that got an answer; all that were sent
 * @param accepted of those, with status 200
 * @param perSecond answers a second while requests were being sent
 * @param latency milliseconds; of paced requests from the moment at which each was due, so that
 *     what had to wait behind a slow answer counts as slow too
 */
public record LoadFigures(long answered, long accepted, double perSecond, Latency latency) {}
