package io.voronka.infra.local.flink;

/**
 * A job's checkpoints so far, in this life of the job.
 *
 * @param completed how many were completed
 * @param failed how many failed
 * @param restored how often the job was set back to one
 * @param latestId id of the newest completed one; -1 when there is none
 * @param latestPath where the newest completed one is; empty when there is none
 * @param latestMillis how long it took; -1 when there is none
 * @param latestBytes size of its state; -1 when there is none
 */
public record CheckpointFigures(
    long completed,
    long failed,
    long restored,
    long latestId,
    String latestPath,
    long latestMillis,
    long latestBytes) {}
