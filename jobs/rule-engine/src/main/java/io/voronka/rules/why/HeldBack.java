package io.voronka.rules.why;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.why.Answer.Span;
import io.voronka.schemas.RuleVerdict;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a verdict what held the rule back, since when and until when. */
final class HeldBack {
  private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final Pattern COUNT = Pattern.compile("less than (\\d+) ");

  private final Judged judged;
  private final Optional<Rule> rule;
  private final List<Long> firings;
  private final ZoneId zone;

  /**
   * @param firings when the rule had fired for the subject before, oldest first, as far as is on
   *     record
   */
  HeldBack(Judged judged, Optional<Rule> rule, List<Long> firings, ZoneId zone) {
    this.judged = judged;
    this.rule = rule;
    this.firings = firings;
    this.zone = zone;
  }

  Reason reason() {
    String clause = judged.verdict().getClause();
    return switch (clause == null ? "" : clause) {
      case "/limits/cooldown" -> Reason.COOLDOWN;
      case "/limits/per_subject" -> Reason.TOO_OFTEN;
      case "/limits/per_day" -> Reason.DAY_FULL;
      case "/active" -> Reason.OUTSIDE_HOURS;
      case "/priority" -> Reason.STOPPED;
      case "/trigger" -> Reason.CHAIN_CUT;
      default -> Reason.FAILED;
    };
  }

  Span span() {
    RuleVerdict verdict = judged.verdict();
    long windowStart = instant(verdict.getExpected());
    long length = windowStart == 0 ? 0 : judged.at() - windowStart;
    int times = count(verdict.getExpected());
    return switch (reason()) {
      case COOLDOWN -> {
        long last = instant(verdict.getActual());
        yield new Span(last, last == 0 || length == 0 ? 0 : last + length, length, 0);
      }
      case TOO_OFTEN -> {
        int oldest = firings.size() - times;
        boolean known = length > 0 && times > 0 && oldest >= 0;
        yield new Span(windowStart, known ? firings.get(oldest) + length : 0, length, times);
      }
      case DAY_FULL -> new Span(0, midnight(), 0, times);
      case OUTSIDE_HOURS ->
          new Span(
              0,
              rule.flatMap(Rule::active).map(a -> a.nextStart(judged.at(), zone)).orElse(0L),
              0,
              0);
      default -> Span.NONE;
    };
  }

  /** The rule that stops it, or the hours in which it may fire; null when there is none. */
  String detail() {
    String actual = judged.verdict().getActual();
    return switch (reason()) {
      case STOPPED ->
          actual != null && actual.endsWith(" does")
              ? actual.substring(0, actual.length() - " does".length())
              : actual;
      case OUTSIDE_HOURS -> judged.verdict().getExpected();
      case CHAIN_CUT -> actual == null ? null : actual.replaceAll("\\D.*", "");
      default -> actual;
    };
  }

  private long midnight() {
    return Instant.ofEpochMilli(judged.at())
        .atZone(zone)
        .toLocalDate()
        .plusDays(1)
        .atStartOfDay(zone)
        .toInstant()
        .toEpochMilli();
  }

  /** 0 when there is none in the text. */
  private static long instant(String text) {
    Matcher found = INSTANT.matcher(text == null ? "" : text);
    try {
      return found.find() ? Instant.parse(found.group()).toEpochMilli() : 0;
    } catch (DateTimeException e) {
      return 0; // Written by another version: the answer then does without it.
    }
  }

  private static int count(String text) {
    Matcher found = COUNT.matcher(text == null ? "" : text);
    return found.find() && found.group(1).length() < 9 ? Integer.parseInt(found.group(1)) : 0;
  }
}
