package io.voronka.rules.domain.subject;

/**
 * The last known value of a standard field.
 *
 * @param at vendor's time of the newest event that carried it, epoch milliseconds; 0 when no such
 *     event had a time
 */
public record Known(String text, long at) {
  public Known {
    text = text == null ? "" : text;
  }
}
