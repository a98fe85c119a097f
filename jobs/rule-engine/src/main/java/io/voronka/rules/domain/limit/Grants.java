package io.voronka.rules.domain.limit;

import io.voronka.rules.domain.subject.Standing.Firing;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.Subject;
import io.voronka.schemas.VerdictOutcome;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Decides which rules with a daily limit may fire, and those after them that they stop if they do.
 * All limits of such rules are judged here, so that a firing that the day has no room for, or that
 * is stopped, starts no cooldown.
 */
public final class Grants {
  private Grants() {}

  /**
   * What has been granted so far to the tenant's rules.
   *
   * @param <E> what may go wrong when it is read or written
   */
  public interface Book<E extends Exception> {
    /** Firings granted to a rule on a day. */
    int granted(String rule, long day) throws E;

    void grant(String rule, long day, int granted) throws E;

    /** Times at which a rule was granted to fire for a subject, oldest first. */
    long[] times(String rule, String subject) throws E;

    void remember(String rule, String subject, long[] times) throws E;
  }

  /**
   * The limits of one rule, and the day on which it wants to fire.
   *
   * @param day in the tenant's time zone, days since 1970
   * @param unless ids of rules that stop it if they fire themselves
   */
  public record Asked(Limits limits, long day, List<String> unless) {}

  /**
   * The day on which a rule fires, since 1970.
   *
   * @param firedAt epoch milliseconds
   * @param zone of the tenant
   */
  public static long day(long firedAt, ZoneId zone) {
    return Instant.ofEpochMilli(firedAt).atZone(zone).toLocalDate().toEpochDay();
  }

  /**
   * The decision as it stands, and what is left of its actions.
   *
   * @param refused how many a limit did not let fire
   */
  public record Result(
      RuleDecided decided, List<ActionRequested> actions, int granted, int refused) {}

  /**
   * @param asked by the id of the rule
   */
  public static <E extends Exception> Result decide(
      RuleDecided decided, List<ActionRequested> actions, Map<String, Asked> asked, Book<E> book)
      throws E {
    String subject = Subject.of(decided).key();
    List<RuleVerdict> verdicts = new ArrayList<>(decided.getVerdicts().size());
    List<ActionRequested> left = new ArrayList<>(actions);
    Set<String> granted = new HashSet<>();
    int refused = 0;
    for (RuleVerdict verdict : decided.getVerdicts()) {
      Asked asks = asked.get(verdict.getRuleId());
      if (asks == null || !wantsToFire(verdict)) {
        verdicts.add(verdict);
        continue;
      }
      String stopping = asks.unless().stream().filter(granted::contains).findFirst().orElse(null);
      Limits.Reached reached =
          stopping == null
              ? grant(verdict, subject, decided.getFiredAt(), asks, book)
              : Limits.stoppedBy(stopping);
      if (reached == null) {
        granted.add(verdict.getRuleId());
        verdicts.add(verdict);
      } else {
        refused += stopping == null ? 1 : 0;
        verdicts.add(held(verdict, reached));
        left.removeIf(action -> action.getDecisionId().equals(verdict.getDecisionId()));
      }
    }
    return new Result(
        RuleDecided.newBuilder(decided).setVerdicts(verdicts).build(),
        List.copyOf(left),
        granted.size(),
        refused);
  }

  /** Null when it may fire, and then it is in the book. */
  private static <E extends Exception> Limits.Reached grant(
      RuleVerdict verdict, String subject, long now, Asked asks, Book<E> book) throws E {
    Limits limits = asks.limits();
    String rule = verdict.getRuleId();
    long[] times = limits.needsPast() ? book.times(rule, subject) : new long[0];
    List<Firing> firings = Arrays.stream(times).mapToObj(at -> new Firing(0, 0, at)).toList();
    Limits.Reached reached = limits.reached(0, firings, now);
    if (reached != null) {
      return reached;
    }
    if (limits.perDay() > 0) {
      int before = book.granted(rule, asks.day());
      if (before >= limits.perDay()) {
        return limits.dayIsFull(before);
      }
      book.grant(rule, asks.day(), before + 1);
    }
    if (limits.needsPast()) {
      long since = now - limits.memoryMillis();
      LongStream kept = Arrays.stream(times).filter(at -> at > since);
      book.remember(rule, subject, LongStream.concat(kept, LongStream.of(now)).toArray());
    }
    return null;
  }

  private static boolean wantsToFire(RuleVerdict verdict) {
    return verdict.getOutcome() == VerdictOutcome.FIRED
        || verdict.getOutcome() == VerdictOutcome.OBSERVED;
  }

  private static RuleVerdict held(RuleVerdict verdict, Limits.Reached reached) {
    return RuleVerdict.newBuilder(verdict)
        .setOutcome(VerdictOutcome.HELD)
        .setClause(reached.pointer())
        .setExpected(reached.expected())
        .setActual(reached.actual())
        .setActionIds(List.of())
        .build();
  }
}
