package io.voronka.rules.domain;

/**
 * The two clocks of a decision, epoch milliseconds of the log.
 *
 * @param dueAt what the decision anchors on: the event's time, or the moment a timer was armed for
 * @param firedAt when it is decided, which deadlines are judged by
 */
public record Clocks(long dueAt, long firedAt) {

  /** For a decision at the event itself. */
  public static Clocks at(long eventTime) {
    return new Clocks(eventTime, eventTime);
  }
}
