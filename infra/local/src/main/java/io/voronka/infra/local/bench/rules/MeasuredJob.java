package io.voronka.infra.local.bench.rules;

import java.util.List;
import java.util.Optional;

/**
 * One of the two jobs, as submitted for one round.
 *
 * @param mainClass empty: the jar's own
 * @param decidedTopic gets one record per event
 * @param actionsTopic gets one record per event that fires
 * @param leastActions records that must come to that topic
 * @param mostActions and no more than these
 */
record MeasuredJob(
    String name,
    Optional<String> mainClass,
    List<String> arguments,
    String decidedTopic,
    String actionsTopic,
    long leastActions,
    long mostActions) {}
