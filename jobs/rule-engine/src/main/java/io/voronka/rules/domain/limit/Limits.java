package io.voronka.rules.domain.limit;

import io.voronka.rules.domain.subject.Standing.Firing;
import java.time.Instant;
import java.util.List;

/**
 * How often a rule may fire. Zero means no limit.
 *
 * @param cooldownMillis since its last firing for the same subject
 * @param times how often for one subject within {@code withinMillis}
 * @param perDay how often over all subjects of the tenant, from midnight to midnight of its time
 *     zone
 */
public record Limits(long cooldownMillis, int times, long withinMillis, int perDay) {
  public static final Limits NONE = new Limits(0, 0, 0, 0);

  private static final String POINTER = "/limits";

  /** What holds a rule back: where it stands in the definition, what it asks, what is. */
  public record Reached(String pointer, String expected, String actual) {}

  /** True when firings have to be remembered for it. */
  public boolean needsPast() {
    return cooldownMillis > 0 || times > 0;
  }

  /** How long a firing counts, milliseconds. */
  public long memoryMillis() {
    return Math.max(cooldownMillis, times > 0 ? withinMillis : 0);
  }

  /**
   * Judges the limits of one subject.
   *
   * @param rule fingerprint of the rule's id
   * @param firings of any rules for the subject
   * @param now epoch milliseconds
   * @return null when none is reached
   */
  public Reached reached(long rule, List<Firing> firings, long now) {
    if (!needsPast()) {
      return null;
    }
    long last = Long.MIN_VALUE;
    int recent = 0;
    for (Firing firing : firings) {
      if (firing.rule() == rule) {
        last = Math.max(last, firing.at());
        recent += firing.at() > now - withinMillis ? 1 : 0;
      }
    }
    if (cooldownMillis > 0 && last != Long.MIN_VALUE && now < last + cooldownMillis) {
      return new Reached(
          POINTER + "/cooldown",
          "nothing since " + Instant.ofEpochMilli(now - cooldownMillis),
          "fired at " + Instant.ofEpochMilli(last));
    }
    if (times > 0 && recent >= times) {
      return new Reached(
          POINTER + "/per_subject",
          "less than " + times + " times since " + Instant.ofEpochMilli(now - withinMillis),
          recent + " times");
    }
    return null;
  }

  /** A rule before it has fired, and lets none fire after it. */
  public static Reached stoppedBy(String rule) {
    return new Reached("/priority", "no rule before it stops the others", rule + " does");
  }

  /**
   * The daily limit is reached.
   *
   * @param granted how many have been granted on that day
   */
  public Reached dayIsFull(int granted) {
    return new Reached(POINTER + "/per_day", "less than " + perDay + " a day", granted + " today");
  }
}
