package io.voronka.rules.domain.text;

/** A text became longer than {@link Text#LONGEST} when it was filled. */
public final class TextTooLongException extends UnfillableTextException {
  private static final long serialVersionUID = 1L;

  TextTooLongException() {
    super("at most " + Text.LONGEST + " characters", "more");
  }
}
