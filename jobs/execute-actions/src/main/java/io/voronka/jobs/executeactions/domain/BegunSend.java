package io.voronka.jobs.executeactions.domain;

/**
 * The last attempt at an action that stands in the journal of sends.
 *
 * @param attempt its number
 * @param at when it was begun, epoch milliseconds
 * @param end how it ended, null: nobody has written that down
 */
public record BegunSend(int attempt, long at, SendEnd end) {}
