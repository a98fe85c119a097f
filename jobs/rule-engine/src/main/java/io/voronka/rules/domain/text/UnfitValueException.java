package io.voronka.rules.domain.text;

/** A filter or a comparison cannot use the value: it is not a number, or not a date. */
public final class UnfitValueException extends UnfillableTextException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_SHOWN = 100;

  /**
   * @param expected what is needed, with the name of what should be it: {@code a date in
   *     lead.field.5}
   */
  UnfitValueException(String expected, String value) {
    super(expected, value.length() > LONGEST_SHOWN ? value.substring(0, LONGEST_SHOWN) : value);
  }
}
