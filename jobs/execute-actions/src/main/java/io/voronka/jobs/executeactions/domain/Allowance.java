package io.voronka.jobs.executeactions.domain;

/**
 * Whether a target may be asked now: its budget, the pauses that it asked for, its circuit. Times
 * are epoch milliseconds.
 */
public final class Allowance {
  private final TokenBucket bucket;
  private final RetryPolicy policy;
  private final Circuit circuit;
  private final LearnedBudget learned = new LearnedBudget();
  private int promised;
  private int limitedInARow;

  Allowance(TokenBucket bucket, RetryPolicy policy) {
    this.bucket = bucket;
    this.policy = policy;
    this.circuit = new Circuit(policy);
    this.promised = bucket.capacity();
  }

  public void remember(TargetMemory memory) {
    bucket.pauseUntil(memory.pausedUntil());
    learned.restore(memory.budget(), memory.budgetSince(), memory.quietWhile());
    circuit.restore(memory.openings(), memory.openUntil());
  }

  public TargetMemory memory() {
    return new TargetMemory(
        bucket.pausedUntil(),
        learned.learned(),
        learned.changedAt(),
        learned.learned() == 0 ? 0 : learned.whileMillis(),
        circuit.openings(),
        circuit.openUntil());
  }

  /**
   * @param requestsPerSecond what we were promised
   */
  public void promise(int requestsPerSecond, long now) {
    promised = requestsPerSecond;
    bucket.resize(learned.of(promised, now));
  }

  /** 0: closed, 1: open, 2: a probe is on its way. */
  public int circuit() {
    return circuit.state().ordinal();
  }

  /** Requests a second, as far as is known. */
  public int requestsPerSecond() {
    return bucket.capacity();
  }

  boolean grants(int requests, long now) {
    return circuit.allows(now) && bucket.has(requests, now);
  }

  /** When to ask again if it does not grant; Long.MAX_VALUE when only an answer can help. */
  long nextAt(int requests, long now) {
    return Math.max(circuit.nextAt(now), bucket.nextAt(requests, now));
  }

  void begun(PendingAction action) {
    bucket.take(action.cost());
    circuit.begun(action.id());
  }

  /**
   * An answer that is no 429.
   *
   * @param retryAfterMillis 0: it did not ask for a pause
   * @return whether it was the probe of a circuit that is not closed
   */
  boolean answered(PendingAction action, Health health, long retryAfterMillis, long now) {
    bucket.answered(action.cost(), now);
    limitedInARow = 0;
    if (retryAfterMillis > 0) {
      bucket.pauseUntil(now + policy.pauseMillis(retryAfterMillis, 1));
    }
    return circuit.answered(action.id(), health, now);
  }

  /** Too many requests. */
  void limited(PendingAction action, Health health, long retryAfterMillis, long now) {
    bucket.answered(action.cost(), now);
    circuit.answered(action.id(), health, now);
    if (now >= bucket.pausedUntil()) {
      limitedInARow++;
      learned.limited(promised, now);
      bucket.resize(learned.of(promised, now));
    }
    bucket.pauseUntil(now + policy.pauseMillis(retryAfterMillis, Math.max(1, limitedInARow)));
  }
}
