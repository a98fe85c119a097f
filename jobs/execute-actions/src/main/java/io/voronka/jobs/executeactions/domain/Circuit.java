package io.voronka.jobs.executeactions.domain;

import java.util.HashSet;
import java.util.Set;

/**
 * Keeps requests from a target that does not answer, so that its outage costs neither places on the
 * way nor the attempts of everything that waits for it.
 *
 * <pre>
 *  CLOSED ── different actions failed in a row ──▶ OPEN ── its time is over ──▶ HALF_OPEN
 *    ▲                                              ▲                             │
 *    │                                              └───────── it failed ─────────┤ one probe
 *    └──────────────────────── a write was answered ──────────────────────────────┘
 * </pre>
 *
 * Different ones, because one action that always fails is the action's trouble and not the
 * target's. That it can be read closes nothing: then the next one may be the probe at once, and the
 * first write among them tells. Times are epoch milliseconds.
 */
final class Circuit {
  /** As metrics show it. */
  enum State {
    CLOSED,
    OPEN,
    /** Its probe is on its way. */
    HALF_OPEN
  }

  private final RetryPolicy policy;
  private final Set<String> failedInARow = new HashSet<>();
  private String probe;
  private int openings;
  private long openUntil;

  Circuit(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * @param times how often in a row it was opened
   * @param until 0: it is closed
   */
  void restore(int times, long until) {
    openings = times;
    openUntil = until;
  }

  State state() {
    if (openUntil == 0) {
      return State.CLOSED;
    }
    return probe == null ? State.OPEN : State.HALF_OPEN;
  }

  boolean allows(long now) {
    return openUntil == 0 || now >= openUntil && probe == null;
  }

  /** When to look again if it does not allow; Long.MAX_VALUE when only an answer can help. */
  long nextAt(long now) {
    if (openUntil == 0) {
      return now;
    }
    return probe == null ? Math.max(now, openUntil) : Long.MAX_VALUE;
  }

  /** A request of the action is on its way. */
  void begun(String actionId) {
    if (openUntil > 0) {
      probe = actionId;
    }
  }

  /**
   * @return whether the request was the probe of a circuit that is not closed
   */
  boolean answered(String actionId, Health health, long now) {
    boolean probed = actionId.equals(probe);
    if (probed) {
      probe = null;
    }
    switch (health) {
      case ANSWERS -> close();
      case TROUBLED -> failed(actionId, probed, now);
      case UNTOLD -> {}
    }
    return probed;
  }

  int openings() {
    return openings;
  }

  long openUntil() {
    return openUntil;
  }

  private void close() {
    failedInARow.clear();
    openings = 0;
    openUntil = 0;
  }

  private void failed(String actionId, boolean probed, long now) {
    if (openUntil == 0) {
      failedInARow.add(actionId);
    }
    // What was on its way when it opened says nothing new.
    if (probed || openUntil == 0 && failedInARow.size() >= policy.failuresToOpen()) {
      openings++;
      openUntil = now + policy.openMillis(actionId, openings);
      failedInARow.clear();
    }
  }
}
