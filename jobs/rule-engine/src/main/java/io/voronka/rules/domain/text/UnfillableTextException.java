package io.voronka.rules.domain.text;

/** A text cannot be filled with what is known now: better no message than a wrong one. */
public abstract sealed class UnfillableTextException extends RuntimeException
    permits MissingValueException, UnfitValueException, TextTooLongException {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String actual;

  UnfillableTextException(String expected, String actual) {
    super(expected + " is expected" + (actual == null ? "" : ", not " + actual));
    this.expected = expected;
    this.actual = actual;
  }

  /** What the text needs, for a verdict: {@code a value for lead.name}. */
  public final String expected() {
    return expected;
  }

  /** What there is instead; null when there is nothing. */
  public final String actual() {
    return actual;
  }
}
