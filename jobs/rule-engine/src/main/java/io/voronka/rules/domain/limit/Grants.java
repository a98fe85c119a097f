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
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Decides which rules with a daily limit may fire. All limits of such a rule are judged here, so
 * that a firing that the day has no room for starts no cooldown.
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
   */
  public record Asked(Limits limits, long day) {}

  /**
   * The day on which a rule fires, since 1970.
   *
   * @param firedAt epoch milliseconds
   * @param zone of the tenant
   */
  public static long day(long firedAt, ZoneId zone) {
    return Instant.ofEpochMilli(firedAt).atZone(zone).toLocalDate().toEpochDay();
  }

  /** The decision as it stands, and what is left of its actions. */
  public record Result(RuleDecided decided, List<ActionRequested> actions, int granted) {}

  /**
   * @param asked by the id of the rule
   */
  public static <E extends Exception> Result decide(
      RuleDecided decided, List<ActionRequested> actions, Map<String, Asked> asked, Book<E> book)
      throws E {
    String subject = Subject.of(decided).key();
    List<RuleVerdict> verdicts = new ArrayList<>(decided.getVerdicts().size());
    List<ActionRequested> left = new ArrayList<>(actions);
    int granted = 0;
    for (RuleVerdict verdict : decided.getVerdicts()) {
      Asked asks = asked.get(verdict.getRuleId());
      if (asks == null || !wantsToFire(verdict)) {
        verdicts.add(verdict);
        continue;
      }
      Limits.Reached reached = grant(verdict, subject, decided.getFiredAt(), asks, book);
      if (reached == null) {
        granted++;
        verdicts.add(verdict);
      } else {
        verdicts.add(held(verdict, reached));
        left.removeIf(action -> action.getDecisionId().equals(verdict.getDecisionId()));
      }
    }
    return new Result(
        RuleDecided.newBuilder(decided).setVerdicts(verdicts).build(), List.copyOf(left), granted);
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
    int before = book.granted(rule, asks.day());
    if (before >= limits.perDay()) {
      return limits.dayIsFull(before);
    }
    book.grant(rule, asks.day(), before + 1);
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
