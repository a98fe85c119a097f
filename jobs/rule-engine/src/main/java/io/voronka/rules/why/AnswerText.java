package io.voronka.rules.why;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.explain.Language;
import io.voronka.rules.why.Answer.Span;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import java.util.Optional;
import java.util.stream.Collectors;

/** An answer in sentences. */
final class AnswerText {
  private static final String TRIGGER = "/trigger";
  private static final String NO_VALUE = "a value for ";

  private final Answer answer;
  private final Language language;
  private final Words words;
  private final ClauseText clauses;
  private final FoundText found;
  private final String rule;
  private final String subject;

  AnswerText(Answer answer, Language language) {
    this.answer = answer;
    this.language = language;
    this.words = new Words(language, answer.zone());
    this.clauses = new ClauseText(words);
    this.found = new FoundText(words);
    this.rule = answer.question().ruleId();
    this.subject = words.subject(answer.question().subject());
  }

  String text() {
    return sentence() + supplement();
  }

  private String sentence() {
    Span span = answer.span();
    return switch (answer.reason()) {
      case FIRED -> say(Phrase.FIRED, rule, subject, when(), fates());
      case WAITING ->
          say(
              Phrase.WAITING,
              rule,
              subject,
              say(Phrase.AT, words.time(span.until())),
              answer.detail().flatMap(this::node).map(clauses::of).orElse(""),
              words.time(span.since()));
      case RULE_UNKNOWN -> say(Phrase.RULE_UNKNOWN, rule);
      case RULE_NOT_IN_FORCE -> notInForce();
      case SUBJECT_UNKNOWN -> say(Phrase.SUBJECT_UNKNOWN, rule, subject);
      case DISABLED, NOT_TRIGGERED, OTHER_ACCOUNT, INACTIVE, RULE_LEFT_OUT, RULE_TOO_HEAVY ->
          say(Phrase.SO_FAR, rule, subject, because());
      default ->
          atNoRecordedTime()
              ? say(Phrase.SO_FAR, rule, subject, because())
              : say(Phrase.NOT_FIRED, rule, subject, when(), because());
    };
  }

  /** Judged again for the sake of the answer, on no event. */
  private boolean atNoRecordedTime() {
    return answer
        .judged()
        .map(judged -> judged.rebuilt() && judged.event() == EventKind.UNKNOWN)
        .orElse(true);
  }

  private String notInForce() {
    String asked = say(Phrase.AT, words.time(answer.question().at()));
    long next = answer.span().until();
    return next == 0
        ? say(Phrase.RULE_NOT_IN_FORCE, rule, asked)
        : say(Phrase.RULE_LATER, rule, asked, say(Phrase.AT, words.time(next)));
  }

  private String because() {
    Span span = answer.span();
    String detail = answer.detail().orElse(say(Phrase.NO_REASON));
    return switch (answer.reason()) {
      case NOT_MATCHED -> say(Phrase.NEEDS, expected(), actual());
      case STALE -> say(Phrase.STALE, expected());
      case OBSERVED -> say(Phrase.OBSERVED);
      case DISABLED -> say(Phrase.DISABLED);
      case COOLDOWN ->
          span.until() == 0
              ? say(Phrase.COOLDOWN_BARE)
              : say(
                  Phrase.COOLDOWN,
                  words.time(span.since()),
                  words.duration(span.lengthMillis()),
                  words.time(span.until()));
      case TOO_OFTEN -> {
        String times = words.times(span.times());
        String within = words.duration(span.lengthMillis());
        yield span.until() == 0
            ? say(Phrase.TOO_OFTEN_BARE, times, within)
            : say(Phrase.TOO_OFTEN, times, within, words.time(span.until()));
      }
      case DAY_FULL -> say(Phrase.DAY_FULL, words.times(span.times()), words.time(span.until()));
      case OUTSIDE_HOURS -> say(Phrase.OUTSIDE_HOURS, hours(detail)) + nextHours();
      case STOPPED -> say(Phrase.STOPPED, detail);
      case CHAIN_CUT -> say(Phrase.CHAIN_CUT, detail);
      case TEXT_FAILED -> say(Phrase.TEXT_FAILED, actionKey(), missing());
      case FAILED -> say(Phrase.FAILED, detail);
      case MOMENT_PASSED -> say(Phrase.MOMENT_PASSED);
      case NOT_JUDGED_YET -> say(Phrase.NOT_JUDGED_YET);
      case NOT_TRIGGERED -> notTriggered();
      case OTHER_ACCOUNT -> say(Phrase.OTHER_ACCOUNT, detail);
      case INACTIVE -> say(Phrase.INACTIVE);
      case RULE_LEFT_OUT -> say(Phrase.LEFT_OUT, detail);
      case RULE_TOO_HEAVY -> say(Phrase.TOO_HEAVY, words.time(span.since()));
      case FIRED, WAITING, SUBJECT_UNKNOWN, RULE_UNKNOWN, RULE_NOT_IN_FORCE -> "";
    };
  }

  private String hours(String recorded) {
    return rule().flatMap(Rule::active).map(words::hours).orElse(recorded);
  }

  private String nextHours() {
    long next = answer.span().until();
    if (next == 0) {
      return "";
    }
    boolean waits =
        rule()
            .flatMap(Rule::active)
            .map(a -> a.outside() == ActiveHours.Outside.WAIT)
            .orElse(false);
    return say(waits ? Phrase.OUTSIDE_WAITS : Phrase.OUTSIDE_SKIPPED, words.time(next));
  }

  private String notTriggered() {
    String kinds = rule().map(r -> clauses.kinds(r.triggers())).orElse("");
    EventKind last = answer.detail().map(EventKind::valueOf).orElse(EventKind.UNKNOWN);
    return say(Phrase.NOT_TRIGGERED, kinds, words.event(last), words.time(answer.span().since()));
  }

  private String when() {
    Judged judged = answer.judged().orElseThrow();
    return judged.event() == EventKind.UNKNOWN
        ? say(Phrase.AT_MOMENT, words.time(judged.at()))
        : say(Phrase.AT_EVENT, words.time(judged.at()), words.event(judged.event()));
  }

  private String expected() {
    RuleVerdict verdict = answer.judged().orElseThrow().verdict();
    if (TRIGGER.equals(verdict.getClause())) {
      return say(Phrase.ENTERS_STAGE);
    }
    return node(verdict.getClause()).map(clauses::of).orElse(String.valueOf(verdict.getExpected()));
  }

  private String actual() {
    RuleVerdict verdict = answer.judged().orElseThrow().verdict();
    String recorded = verdict.getActual();
    if (TRIGGER.equals(verdict.getClause())) {
      return found.ofTrigger(recorded);
    }
    return node(verdict.getClause())
        .map(node -> found.of(node, recorded))
        .orElse(recorded == null ? say(Phrase.NO_REASON) : recorded);
  }

  private String missing() {
    String expected = String.valueOf(answer.judged().orElseThrow().verdict().getExpected());
    return expected.startsWith(NO_VALUE) ? expected.substring(NO_VALUE.length()) : expected;
  }

  private String actionKey() {
    String clause = answer.judged().orElseThrow().verdict().getClause();
    return rule().stream()
        .flatMap(r -> r.actions().stream())
        .filter(action -> clause.equals(action.pointer()))
        .map(action -> action.key())
        .findFirst()
        .orElse(clause);
  }

  private String fates() {
    return answer.fates().isEmpty()
        ? say(Phrase.NO_REASON)
        : answer.fates().stream().map(this::fate).collect(Collectors.joining("; "));
  }

  private String fate(Fate fate) {
    String became = became(fate);
    return fate.key().isEmpty()
        ? say(Phrase.FATE_UNNAMED, words.action(fate.kind()), became)
        : say(Phrase.FATE, words.action(fate.kind()), fate.key(), became);
  }

  private String became(Fate fate) {
    if (fate.outcome() == null) {
      boolean command =
          fate.kind() == ActionKind.START_SEQUENCE || fate.kind() == ActionKind.STOP_SEQUENCE;
      return fate.expectedAt() != 0
          ? say(Phrase.LEAVES_AT, words.time(fate.expectedAt()))
          : say(command ? Phrase.ASKED_OF_SEQUENCE : Phrase.NOT_DONE_YET);
    }
    String text =
        switch (fate.outcome()) {
          case CONFIRMED -> say(Phrase.CONFIRMED, words.time(fate.at()));
          case FAILED -> say(Phrase.FAILED_FATE);
          case EXPIRED -> say(Phrase.EXPIRED);
          case REFUSED -> say(Phrase.REFUSED);
          case WITHDRAWN -> say(Phrase.WITHDRAWN);
          case MAYBE_SENT -> say(Phrase.MAYBE_SENT);
          case UNKNOWN -> say(Phrase.OUTCOME_UNKNOWN);
        };
    return fate.reason() == null
        ? text
        : text + ": " + OutcomeReasons.words(fate.reason(), language).orElse(fate.reason());
  }

  /** What the answer rests on when there is no record, and the last firing. */
  private String supplement() {
    StringBuilder more = new StringBuilder();
    boolean rebuilt =
        answer.judged().map(Judged::rebuilt).orElse(false)
            && answer.reason() != Reason.NOT_JUDGED_YET;
    if (!answer.complete()) {
      more.append(say(Phrase.REBUILT_PARTLY));
    } else if (rebuilt) {
      more.append(say(atNoRecordedTime() ? Phrase.REBUILT_MOMENT : Phrase.REBUILT));
    }
    answer.lastFired().ifPresent(at -> more.append(say(Phrase.LAST_FIRED, words.time(at))));
    return more.toString();
  }

  private Optional<Rule> rule() {
    return answer.rule().map(RuleVersion::rule);
  }

  /** The clause at a place of the definition; empty when the version is not known any more. */
  private Optional<Condition> node(String pointer) {
    return rule().flatMap(Rule::when).stream()
        .flatMap(Condition::nodes)
        .filter(condition -> condition.pointer().equals(pointer))
        .findFirst();
  }

  private String say(Phrase phrase, Object... arguments) {
    return phrase.in(language, arguments);
  }
}
