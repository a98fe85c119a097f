package io.voronka.sequences.explain;

import io.voronka.rules.explain.Language;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.ExitReason;
import io.voronka.sequences.domain.Sequence;
import java.util.Optional;

/** Why somebody left, as a part of a sentence. */
final class ExitText {
  private static final String VERSION = "version ";

  private final HistoryText history;
  private final Language language;

  ExitText(HistoryText history, Language language) {
    this.history = history;
    this.language = language;
  }

  String of(SequenceProgressed exited) {
    return ExitReason.of(exited.getReason())
        .map(reason -> of(reason, exited))
        .orElse(say(HistoryPhrase.NO_REASON));
  }

  private String of(ExitReason reason, SequenceProgressed exited) {
    String cause = history.cause(exited.getCauseId());
    return switch (reason) {
      case COMPLETED -> say(HistoryPhrase.COMPLETED);
      case GOAL -> watched(exited, HistoryPhrase.GOAL, HistoryPhrase.GOAL_UNKNOWN);
      case EXIT -> watched(exited, HistoryPhrase.EXIT, HistoryPhrase.EXIT_UNKNOWN);
      case OPT_OUT -> watched(exited, HistoryPhrase.OPT_OUT, HistoryPhrase.OPT_OUT_UNKNOWN);
      case LEAD_CLOSED -> say(HistoryPhrase.LEAD_CLOSED);
      case LEAD_DELETED -> say(HistoryPhrase.LEAD_DELETED);
      case STOPPED -> stopped(exited, cause);
      case CANCELLED -> say(HistoryPhrase.CANCELLED, cause);
      case FAILED -> failed(exited);
      case LOOPING -> say(HistoryPhrase.LOOPING, history.steps().quoted(exited.getDetail()));
    };
  }

  /** The exit is named by its place in the definition. */
  private String watched(SequenceProgressed exited, HistoryPhrase known, HistoryPhrase unknown) {
    Sequence by = history.definition(exited);
    Optional<Sequence.Exit> exit =
        by == null
            ? Optional.empty()
            : by.exits().stream()
                .filter(one -> one.watch().pointer().equals(exited.getDetail()))
                .findFirst();
    return exit.map(one -> say(known, history.steps().of(one.watch()))).orElse(say(unknown));
  }

  private String stopped(SequenceProgressed exited, String cause) {
    String detail = exited.getDetail();
    if (detail == null) {
      return say(HistoryPhrase.STOPPED, cause);
    }
    return detail.startsWith(VERSION)
        ? say(
            HistoryPhrase.STOPPED_BY_VERSION,
            say(HistoryPhrase.VERSION, detail.substring(VERSION.length())))
        : say(HistoryPhrase.VERSION_GONE);
  }

  private String failed(SequenceProgressed exited) {
    String detail = exited.getDetail();
    return detail.equals(exited.getStepId())
        ? say(HistoryPhrase.STEP_FAILED, history.steps().quoted(detail))
        : say(HistoryPhrase.BROKEN, detail);
  }

  private String say(HistoryPhrase phrase, Object... arguments) {
    return phrase.in(language, arguments);
  }
}
