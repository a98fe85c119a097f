package io.voronka.jobs.executeactions.domain;

/**
 * When what waits for a target will leave: by its queue, its budget and its pace as they are. What
 * comes later and is more urgent is not known, and not what a target will ask for.
 */
public final class Forecast {
  private final TargetQueue queue;
  private final TokenBucket bucket;
  private final Pace pace;

  Forecast(TargetQueue queue, TokenBucket bucket, int mostInFlight) {
    this.queue = queue;
    this.bucket = bucket;
    this.pace = new Pace(mostInFlight);
  }

  /** An answer has taken so long. */
  void answered(long millis) {
    pace.answered(millis);
  }

  /** Epoch milliseconds; {@link Promises#UNKNOWN} of what is held until somebody says otherwise. */
  long expectedAt(PendingAction action, long now) {
    long from = Math.max(now, bucket.pausedUntil());
    int requests = requestsAhead(action) + action.cost();
    long leaves = from + pace.millis(requests, bucket.free(from), Math.max(1, bucket.capacity()));
    return Math.max(leaves, queue.heldUntil(action));
  }

  /** Requests that leave before the action does. */
  public int requestsAhead(PendingAction action) {
    return queue.backlog().ahead(action);
  }

  /** Until all that waits has left. */
  public double secondsToDrain() {
    return pace.millis(queue.backlog().requests(), 0, Math.max(1, bucket.capacity())) / 1000.0;
  }
}
