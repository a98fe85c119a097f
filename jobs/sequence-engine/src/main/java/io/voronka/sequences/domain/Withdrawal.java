package io.voronka.sequences.domain;

/**
 * An action that was asked for and is wanted no more.
 *
 * @param sequenceId that asked for it
 * @param target Kafka key of its request
 */
public record Withdrawal(String actionId, String sequenceId, String target) {}
