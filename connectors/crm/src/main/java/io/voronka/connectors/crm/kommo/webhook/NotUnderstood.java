package io.voronka.connectors.crm.kommo.webhook;

import java.util.Locale;

/**
 * A part of a body that gave no event, or less than it should.
 *
 * @param path where it stands, as in the body: {@code leads[add][3]}
 */
public record NotUnderstood(Reason reason, String path) {

  /** What is wrong with it. */
  public enum Reason {
    UNKNOWN_KEY,
    UNKNOWN_ACTION,
    /** The entity does not say, or not in a known word, what it is. */
    UNKNOWN_TYPE,
    /** A text, or names without an id, where an entity should be. */
    MISSING_ID,
    /** An id that the vendor cannot have given: zero, letters in a number, too long. */
    BAD_ID,
    INDEX_TOO_LARGE,
    MALFORMED_KEY,
    NESTED_TOO_DEEP,
    /** The same key twice, with two values: the last one counts. */
    REPEATED_KEY,
    /** A call whose details are not JSON: the event is there, without them. */
    BROKEN_CALL_DETAILS;

    /** As in records and metrics: lower case with dashes. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public String toString() {
    return reason.label() + " at " + path;
  }
}
