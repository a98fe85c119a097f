package io.voronka.sequences.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a lead was not let in, or a command was not obeyed. */
public enum Refusal {
  /** The sequence was stopped for all. */
  STOPPED,
  /** The sequence lets nobody in. */
  CLOSED,
  /** The sequence is for leads of another CRM account. */
  OTHER_ACCOUNT,
  /** The lead was deleted, and not restored. */
  LEAD_DELETED,
  /** The lead is inside. */
  INSIDE,
  /** The lead is inside as many sequences as anybody may be. */
  TOO_MANY_RUNS,
  /** The lead was inside before, and may not come again, or not yet. */
  ENTERED_BEFORE,
  /** An exit's condition holds. */
  EXIT_HOLDS,
  /** To judge the exits' conditions takes too many steps. */
  EXITS_UNJUDGED,
  /** Too many rules and sequences in a row have caused each other before it. */
  CHAIN_TOO_DEEP,
  /** The text of its key could not be filled, or gave nothing or too much. */
  NO_KEY,
  NO_SUCH_SEQUENCE,

  /** The lead, or the run that was meant, is not inside. */
  NOT_INSIDE,
  PAUSED_ALREADY,
  NOT_PAUSED,
  NO_SUCH_STEP;

  /** Empty for what a later build has written. */
  public static Optional<Refusal> of(String written) {
    return Stream.of(values()).filter(one -> one.written().equals(written)).findFirst();
  }

  /** As records have it. */
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** True when it was refused to let somebody in; false when a command was to change a run. */
  public boolean ofEntry() {
    return compareTo(NOT_INSIDE) < 0;
  }
}
