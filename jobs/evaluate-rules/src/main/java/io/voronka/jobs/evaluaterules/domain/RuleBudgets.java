package io.voronka.jobs.evaluaterules.domain;

import io.voronka.rules.domain.subject.Budget;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
 * <p>Each subtask of the job has its own, about its own subjects: a rule that is heavy for a few of
 * them is left out where they are.
 */
public final class RuleBudgets {
  /** What a rule may take for ever: about a hundredth of a processor's time. */
  public static final long PER_SECOND = 1_000_000;

  /** What a rule may take at once beyond that: half a minute's worth. */
  static final long MOST = 30 * PER_SECOND;

  private final Set<String> leftOut = new HashSet<>();
  private final Map<String, Level> levels = new HashMap<>();

  /**
   * How full a bucket was.
   *
   * @param steps in it at that time
   * @param at the log's time, epoch milliseconds
   */
  public record Level(long steps, long at) {
    Level at(long time) {
      if (time <= at) {
        return this;
      }
      long leaked = Math.min(steps, (time - at) * (PER_SECOND / 1000));
      return new Level(steps - leaked, time);
    }

    Level with(long more) {
      return new Level(steps + more, at);
    }
  }

  boolean isLeftOut(String rule) {
    return leftOut.contains(rule);
  }

  /** False when it is left out already. */
  boolean leaveOut(String rule) {
    levels.remove(rule);
    return leftOut.add(rule);
  }

  /**
   * Adds what a rule took on one event.
   *
   * @param time the log's, epoch milliseconds
   * @return true when that is too much
   */
  boolean runsOver(String rule, int steps, long time) {
    Level level = levels.getOrDefault(rule, new Level(0, time)).at(time).with(steps);
    levels.put(rule, level);
    return level.steps() > MOST;
  }

  /** The rules that took too much: they stay out after a restart too. */
  public Set<String> leftOut() {
    return Set.copyOf(leftOut);
  }

  /** How full the buckets are that are not empty. */
  public Map<String, Level> levels() {
    long now = levels.values().stream().mapToLong(Level::at).max().orElse(0);
    levels.values().removeIf(level -> level.at(now).steps() == 0);
    return Map.copyOf(levels);
  }

  /** Leaves out what was left out before. */
  public void restoreLeftOut(String rule) {
    leftOut.add(rule);
  }

  /** Of the buckets that several subtasks had for a rule, the fuller one counts. */
  public void restore(String rule, Level level) {
    levels.merge(
        rule,
        level,
        (one, other) -> {
          long time = Math.max(one.at(), other.at());
          return one.at(time).steps() > other.at(time).steps() ? one : other;
        });
  }

  /** What was too much, for a reader. */
  static String detail(QuarantineReason reason) {
    return reason == QuarantineReason.OVER_RATE
        ? "more than %d steps a second for long".formatted(PER_SECOND)
        : "more than %d steps on one event".formatted(Budget.STEPS);
  }
}
