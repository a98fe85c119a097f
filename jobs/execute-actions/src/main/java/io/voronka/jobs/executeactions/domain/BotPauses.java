package io.voronka.jobs.executeactions.domain;

import java.util.HashMap;
import java.util.Map;

/**
 * A salesbot that speaks for an account says what the lead's field holds when it runs, a moment
 * after it was asked to. Until then the next text for the same lead stays out of the field: the
 * client would get that one twice, and the first never. Times are epoch milliseconds.
 */
final class BotPauses {
  /** The vendor promises nothing; what is late by more than this was late for its reader too. */
  static final long RUNS_WITHIN_MILLIS = 5_000;

  private final Map<String, Long> until = new HashMap<>();
  private long allUntil;
  private long last;

  /** Runs of before this moment are not known. */
  void nothingKnownBefore(long moment) {
    allUntil = moment + RUNS_WITHIN_MILLIS;
    last = Math.max(last, allUntil);
  }

  void ran(String subject, long now) {
    until.values().removeIf(over -> over <= now);
    until.put(subject, now + RUNS_WITHIN_MILLIS);
    last = Math.max(last, now + RUNS_WITHIN_MILLIS);
  }

  /** When the next text may be put into the subject's field. */
  long until(String subject) {
    return Math.max(allUntil, until.getOrDefault(subject, 0L));
  }

  /** When no pause is left. */
  long last() {
    return last;
  }
}
