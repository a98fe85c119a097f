package io.voronka.sequences.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a lead left. */
public enum ExitReason {
  /** All steps are done. */
  COMPLETED,
  GOAL,
  /** An exit that the author named. */
  EXIT,
  OPT_OUT,
  LEAD_CLOSED,
  LEAD_DELETED,
  /** The sequence was stopped, or a rule or person stopped it for this lead. */
  STOPPED,
  /** By hand. */
  CANCELLED,
  /** A required step failed. */
  FAILED,
  /** It came to one step too often. */
  LOOPING;

  /** Empty for what a later build has written. */
  public static Optional<ExitReason> of(String written) {
    return Stream.of(values()).filter(one -> one.written().equals(written)).findFirst();
  }

  /** As records have it. */
  public String written() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
