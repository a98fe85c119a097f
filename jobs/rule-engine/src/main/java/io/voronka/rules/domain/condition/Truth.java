package io.voronka.rules.domain.condition;

/** What a condition says of an event. */
public enum Truth {
  TRUE,
  FALSE,
  /** A value that it needs was never seen. */
  UNKNOWN,
  /** The event is older than what is known, so it tells nothing about now. */
  STALE;

  static Truth of(boolean holds) {
    return holds ? TRUE : FALSE;
  }

  /** False wins, then the first that is open. */
  Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == TRUE ? other : this;
  }

  Truth negated() {
    return switch (this) {
      case TRUE -> FALSE;
      case FALSE -> TRUE;
      case UNKNOWN, STALE -> this;
    };
  }

  /** True for the answers that are neither yes nor no. */
  boolean open() {
    return this == UNKNOWN || this == STALE;
  }
}
