package io.voronka.jobs.executeactions.domain;

import java.time.Duration;

/**
 * Whether an earlier attempt of this job can have sent a request that this one meets for the first
 * time: between the last checkpoint and its end, it read requests and sent them, and the log is
 * read again from the checkpoint on.
 *
 * @param existed this attempt is not the job's first
 * @param startedAt of this attempt, executor's clock, epoch milliseconds
 */
public record EarlierAttempt(boolean existed, long startedAt) {
  private static final long DELIVERY_MILLIS = Duration.ofSeconds(5).toMillis();
  private static final long CLOCKS_DIFFER_MILLIS = Duration.ofSeconds(30).toMillis();
  private static final long CATCHING_UP_MILLIS = Duration.ofMinutes(1).toMillis();

  /**
   * @param requestedAt timestamp of the request in the log, epoch milliseconds. The log's clock may
   *     be set ahead (tests and demonstrations move it): a timestamp from the future says nothing,
   *     and then everything met during the first minute counts.
   */
  public boolean mayHaveSent(long requestedAt, long now) {
    if (!existed) {
      return false;
    }
    boolean clockSetAhead = requestedAt > now + CLOCKS_DIFFER_MILLIS;
    return clockSetAhead
        ? now - startedAt < CATCHING_UP_MILLIS
        : requestedAt <= startedAt + DELIVERY_MILLIS;
  }
}
