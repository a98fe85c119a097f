package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.subject.Budget;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which versions of rules took more steps than they may: too many on one event, or many on event
 * after event. For the latter each has a bucket that fills with its steps and leaks with the log's
 * time; what runs over is left out. By control keys of the rules.
 *
 * <pre>{@code
 * steps of the rule ──▶ |~~~~~~~| MOST: left out
 *                       |~~~~~~~|
 *                       `---.---' ──▶ PER_SECOND of the log's time
 * }</pre>
 *
 * <p>All rules of a tenant together have one more, a few times as large: many that each keep within
 * their own would otherwise slow everybody else. When it runs over, the rule that took the most is
 * left out, and its part with it.
 *
 * <p>Each subtask of the job has its own, about its own subjects: a rule that is heavy for a few of
 * them is left out where they are.
 */
public final class RuleBudgets {
  /** What a rule may take for ever: about a hundredth of a processor's time. */
  public static final long PER_SECOND = 1_000_000;

  /** As many rules of a tenant may take that at once. */
  static final int TENANT_RULES = 3;

  /** For so long it may take about twice as much. */
  static final int SECONDS = 5;

  /**
   * What a rule may take at once beyond that: thousands of times what is worth being counted, as
   * when leads are imported. What runs over has cost everybody else a twentieth of a second by
   * then.
   */
  static final long MOST = SECONDS * PER_SECOND;

  private final Set<String> leftOut = new HashSet<>();

  /** By the rule's control key, and by the tenant alone for all its rules together. */
  private final Map<String, Level> levels = new HashMap<>();

  /** What each rule took since its tenant's bucket was last empty. */
  private final Map<String, Long> shares = new HashMap<>();

  /**
   * How full a bucket was.
   *
   * @param steps in it at that time
   * @param at the log's time, epoch milliseconds
   */
  public record Level(long steps, long at) {
    /** As it is at a later time; an earlier one gives nothing back. */
    Level at(long time, long perSecond) {
      if (time <= at) {
        return this;
      }
      long leaked = Math.min(steps, (time - at) * (perSecond / 1000));
      return new Level(steps - leaked, time);
    }

    Level with(long more) {
      return new Level(Math.max(0, steps + more), at);
    }
  }

  boolean isLeftOut(String rule) {
    return leftOut.contains(rule);
  }

  /** False when it is left out already. */
  boolean leaveOut(String rule) {
    levels.remove(rule);
    shares.remove(rule);
    return leftOut.add(rule);
  }

  /**
   * Adds what a rule took on one event.
   *
   * @param time the log's, epoch milliseconds
   * @return true when that is too much
   */
  boolean runsOver(String rule, int steps, long time) {
    return fill(rule, steps, time) > MOST;
  }

  /**
   * Adds the same to what all rules of the tenant took.
   *
   * @return the rule that took the most, when that is too much; it is to be left out
   */
  Optional<String> runsOverTogether(String tenant, String rule, int steps, long time) {
    Level before = levels.get(tenant);
    if (before != null && before.at(time, leak(tenant)).steps() == 0) {
      shares.keySet().removeIf(key -> isOf(tenant, key));
    }
    long full = fill(tenant, steps, time);
    shares.merge(rule, (long) steps, Long::sum);
    if (full <= TENANT_RULES * MOST) {
      return Optional.empty();
    }
    long all = sharesOf(tenant).mapToLong(shares::get).sum();
    Optional<String> most =
        sharesOf(tenant)
            .max(
                Comparator.comparingLong((String key) -> shares.get(key))
                    .thenComparing(Comparator.naturalOrder()));
    most.ifPresent(
        key -> {
          double part = (double) shares.remove(key) / all;
          levels.put(tenant, levels.get(tenant).with(-(long) (full * part)));
        });
    return most;
  }

  private Stream<String> sharesOf(String tenant) {
    return shares.keySet().stream().filter(key -> isOf(tenant, key));
  }

  private static boolean isOf(String tenant, String rule) {
    return rule.startsWith(tenant) && rule.charAt(tenant.length()) == '|';
  }

  /** How full it is then. */
  private long fill(String bucket, int steps, long time) {
    Level level = levels.getOrDefault(bucket, new Level(0, time));
    level = level.at(time, leak(bucket)).with(steps);
    levels.put(bucket, level);
    return level.steps();
  }

  /** A tenant's key is its id alone. */
  private static long leak(String bucket) {
    return bucket.indexOf('|') < 0 ? TENANT_RULES * PER_SECOND : PER_SECOND;
  }

  /** The rules that took too much: they stay out after a restart too. */
  public Set<String> leftOut() {
    return Set.copyOf(leftOut);
  }

  /** How full the buckets are that are not empty. */
  public Map<String, Level> levels() {
    long now = levels.values().stream().mapToLong(Level::at).max().orElse(0);
    levels
        .entrySet()
        .removeIf(entry -> entry.getValue().at(now, leak(entry.getKey())).steps() == 0);
    return Map.copyOf(levels);
  }

  /** What each rule took since its tenant's bucket was last empty. */
  public Map<String, Long> shares() {
    return Map.copyOf(shares);
  }

  /** Of what several subtasks know of a rule, the larger counts. */
  public void restoreShare(String rule, long steps) {
    shares.merge(rule, steps, Math::max);
  }

  /** Leaves out what was left out before. */
  public void restoreLeftOut(String rule) {
    leftOut.add(rule);
  }

  /** Of the buckets that several subtasks had for the same, the fuller one counts. */
  public void restore(String bucket, Level level) {
    long leak = leak(bucket);
    levels.merge(
        bucket,
        level,
        (one, other) -> {
          long time = Math.max(one.at(), other.at());
          return one.at(time, leak).steps() > other.at(time, leak).steps() ? one : other;
        });
  }

  /** What was too much, for a reader. */
  static String detail(QuarantineReason reason) {
    return switch (reason) {
      case OVER_SHARE ->
          "the tenant's rules took more than %d steps a second for long, this one the most of them"
              .formatted(TENANT_RULES * PER_SECOND);
      case OVER_RATE -> "more than %d steps a second for long".formatted(PER_SECOND);
      default -> "more than %d steps on one event".formatted(Budget.STEPS);
    };
  }
}
