package io.voronka.jobs.kit;

/**
 * An event that had to wait.
 *
 * @param timestamp its event time, epoch milliseconds
 */
public record Held<E>(long timestamp, E event) {}
