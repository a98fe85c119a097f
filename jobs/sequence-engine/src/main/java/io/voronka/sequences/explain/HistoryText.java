package io.voronka.sequences.explain;

import io.voronka.rules.domain.Chains;
import io.voronka.rules.explain.Explanation;
import io.voronka.rules.explain.Language;
import io.voronka.rules.why.OutcomeReasons;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.Refusal;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.step.Step;
import io.voronka.sequences.explain.Knowledge.Cause;
import io.voronka.sequences.history.Standing;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Records and standings in words, as parts of sentences. */
public final class HistoryText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);
  private static final String RULE = "rule:";

  private final Knowledge known;
  private final Language language;
  private final Explanation explanation;
  private final SequenceExplanation steps;
  private final ExitText exits;

  public HistoryText(Knowledge known, Language language) {
    this.known = known;
    this.language = language;
    this.explanation = Explanation.in(language);
    this.steps = SequenceExplanation.in(language);
    this.exits = new ExitText(this, language);
  }

  /** On the tenant's clocks, with the offset. */
  public String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis).atZone(known.zone()));
  }

  /** One line of a history, without its time. */
  public String of(SequenceProgressed one) {
    String step = one.getStepId() == null ? "" : steps.quoted(one.getStepId());
    String cause = cause(one.getCauseId());
    long version = one.getSequenceVersion();
    return switch (one.getKind()) {
      case ENTERED -> say(HistoryPhrase.ENTERED, version, cause);
      case REFUSED -> refused(one, cause);
      case WAITING -> waits(one);
      case REQUESTED -> asked(one);
      case CONCLUDED -> say(HistoryPhrase.STEP, step, outcome(one));
      case BRANCHED -> say(HistoryPhrase.STEP, step, branched(one));
      case PAUSED -> say(HistoryPhrase.PAUSED, cause);
      case RESUMED -> resumed(one, cause);
      case SKIPPED ->
          Step.END.equals(one.getDetail())
              ? say(HistoryPhrase.SKIPPED_TO_END, cause)
              : say(HistoryPhrase.SKIPPED, steps.quoted(one.getDetail()), cause);
      case MOVED -> say(HistoryPhrase.MOVED, version, one.getDetail());
      case RESTARTED -> say(HistoryPhrase.RESTARTED, version, one.getDetail());
      case EXITED ->
          one.getStepId() == null
              ? say(HistoryPhrase.LEFT, exit(one))
              : say(HistoryPhrase.LEFT_IN, step, exit(one));
      case UNKNOWN -> say(HistoryPhrase.UNKNOWN);
    };
  }

  /** Where a run stands: waits in step “day” until … */
  public String of(Standing standing) {
    String present = present(standing);
    if (standing.paused().isEmpty()) {
      return present;
    }
    SequenceProgressed paused = standing.paused().get();
    return say(
        HistoryPhrase.PAUSED_SINCE,
        time(paused.getFiredAt()),
        cause(paused.getCauseId()),
        whilePaused(standing));
  }

  /** In brackets, with a space before them; empty: it is unknown. */
  public String cause(String causeId) {
    Cause cause = causeId == null ? null : known.causes().get(causeId);
    if (cause == null) {
      return "";
    }
    if (cause.event() != null) {
      return say(HistoryPhrase.BY_EVENT, explanation.of(cause.event()));
    }
    return cause.actor().startsWith(RULE)
        ? say(HistoryPhrase.BY_RULE, cause.actor().substring(RULE.length()))
        : say(HistoryPhrase.BY_PERSON, cause.actor());
  }

  /** Why somebody left. */
  public String exit(SequenceProgressed exited) {
    return exits.of(exited);
  }

  /** Why something was refused. */
  public String refusal(SequenceProgressed refused) {
    return Refusal.of(refused.getReason())
        .map(why -> refusal(why, refused))
        .orElse(say(HistoryPhrase.NO_REASON));
  }

  /** Null when it is unknown. */
  Sequence definition(SequenceProgressed record) {
    return known.versions().get(record.getSequenceVersion());
  }

  SequenceExplanation steps() {
    return steps;
  }

  private String present(Standing standing) {
    SequenceProgressed placed = standing.placed();
    return switch (standing.state()) {
      case WAITING -> waits(placed);
      case ASKED -> say(HistoryPhrase.ASKED_AND_WAITS, asked(placed), time(placed.getFiredAt()));
      case BETWEEN -> {
        String next = next(standing);
        yield next == null
            ? say(HistoryPhrase.TO_THE_END)
            : say(HistoryPhrase.ON_THE_WAY, steps.quoted(next));
      }
      case LEFT -> of(placed);
    };
  }

  private String whilePaused(Standing standing) {
    SequenceProgressed placed = standing.placed();
    return switch (standing.state()) {
      case WAITING ->
          say(HistoryPhrase.PAUSED_WAIT, steps.quoted(placed.getStepId()), time(placed.getUntil()));
      case ASKED -> say(HistoryPhrase.PAUSED_ASKED, steps.quoted(placed.getStepId()));
      case BETWEEN, LEFT -> {
        String next = next(standing);
        yield next == null
            ? say(HistoryPhrase.PAUSED_AT_END)
            : say(HistoryPhrase.PAUSED_BETWEEN, steps.quoted(next));
      }
    };
  }

  private String next(Standing standing) {
    return standing.step(known.versions().get(standing.version()));
  }

  private String waits(SequenceProgressed waiting) {
    String step = steps.quoted(waiting.getStepId());
    String until = time(waiting.getUntil());
    return step(waiting) instanceof Step.WaitFor wait
        ? say(HistoryPhrase.WAITS_FOR, step, steps.of(wait), until)
        : say(HistoryPhrase.WAITS, step, until);
  }

  private String asked(SequenceProgressed requested) {
    String id = steps.quoted(requested.getStepId());
    Step step = step(requested);
    return step == null
        ? say(HistoryPhrase.ASKED_UNKNOWN, id)
        : say(HistoryPhrase.ASKED, id, steps.of(step));
  }

  private String resumed(SequenceProgressed one, String cause) {
    boolean shifting = "shifting".equals(one.getReason());
    return say(shifting ? HistoryPhrase.RESUMED_SHIFTING : HistoryPhrase.RESUMED_KEEPING, cause);
  }

  private String refused(SequenceProgressed one, String cause) {
    boolean entry = Refusal.of(one.getReason()).map(Refusal::ofEntry).orElse(true);
    return say(entry ? HistoryPhrase.NOT_LET_IN : HistoryPhrase.NOT_OBEYED, cause, refusal(one));
  }

  private String refusal(Refusal why, SequenceProgressed refused) {
    return switch (why) {
      case STOPPED -> say(HistoryPhrase.SEQUENCE_STOPPED);
      case CLOSED -> say(HistoryPhrase.SEQUENCE_CLOSED);
      case OTHER_ACCOUNT -> say(HistoryPhrase.OTHER_ACCOUNT);
      case LEAD_DELETED -> say(HistoryPhrase.DELETED_ALREADY);
      case INSIDE -> say(HistoryPhrase.INSIDE_ALREADY);
      case TOO_MANY_RUNS -> say(HistoryPhrase.TOO_MANY_RUNS);
      case ENTERED_BEFORE -> say(HistoryPhrase.ENTERED_BEFORE);
      case EXIT_HOLDS -> say(HistoryPhrase.EXIT_HOLDS);
      case EXITS_UNJUDGED -> say(HistoryPhrase.EXITS_UNJUDGED);
      case CHAIN_TOO_DEEP -> say(HistoryPhrase.CHAIN_TOO_DEEP, Chains.DEEPEST);
      case NO_KEY -> say(HistoryPhrase.NO_KEY);
      case NO_SUCH_SEQUENCE -> say(HistoryPhrase.NO_SUCH_SEQUENCE);
      case NOT_INSIDE -> say(HistoryPhrase.NOT_INSIDE);
      case PAUSED_ALREADY -> say(HistoryPhrase.PAUSED_ALREADY);
      case NOT_PAUSED -> say(HistoryPhrase.NOT_PAUSED);
      case NO_SUCH_STEP -> say(HistoryPhrase.NO_SUCH_STEP, steps.quoted(refused.getDetail()));
    };
  }

  private String branched(SequenceProgressed one) {
    return switch (one.getReason()) {
      case "happened" -> say(HistoryPhrase.HAPPENED, cause(one.getCauseId()));
      case "holds-already" -> say(HistoryPhrase.HELD_ALREADY);
      case "timeout" -> say(HistoryPhrase.TIMED_OUT);
      case "date-unknown" -> say(HistoryPhrase.DATE_UNKNOWN);
      case "date-passed" -> say(HistoryPhrase.DATE_PASSED);
      case "true" -> say(HistoryPhrase.CONDITION_TRUE);
      case "false" -> say(HistoryPhrase.CONDITION_FALSE);
      case "unknown" -> say(HistoryPhrase.CONDITION_UNKNOWN);
      case "split" -> say(HistoryPhrase.WENT, steps.quoted(one.getDetail()));
      default -> one.getReason();
    };
  }

  private String outcome(SequenceProgressed concluded) {
    String outcome =
        switch (concluded.getReason()) {
          case "confirmed" -> say(HistoryPhrase.DONE);
          case "maybe-sent" -> say(HistoryPhrase.MAYBE_DONE);
          case "failed" -> say(HistoryPhrase.FAILED_OUTCOME);
          case "expired" -> say(HistoryPhrase.EXPIRED);
          case "refused" -> say(HistoryPhrase.REFUSED_OUTCOME);
          case "withdrawn" -> say(HistoryPhrase.WITHDRAWN);
          default -> say(HistoryPhrase.UNKNOWN_OUTCOME);
        };
    String detail = concluded.getDetail();
    if (detail == null) {
      return outcome;
    }
    String why =
        switch (detail) {
          case "unfillable-text" -> say(HistoryPhrase.UNFILLABLE);
          case "no-outcome" -> say(HistoryPhrase.NO_OUTCOME);
          default -> OutcomeReasons.words(detail, language).orElse(detail);
        };
    return say(HistoryPhrase.BECAUSE, outcome, why);
  }

  /** Null when it is unknown. */
  private Step step(SequenceProgressed record) {
    Sequence by = definition(record);
    return by == null ? null : by.step(record.getStepId());
  }

  private String say(HistoryPhrase phrase, Object... arguments) {
    return phrase.in(language, arguments);
  }
}
