package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.crm.kommo.form.FormNode;

/** The vendor's times: unix seconds as text. */
final class VendorTime {
  private static final int FEWEST_DIGITS = 9;
  private static final int DIGITS_OF_SECONDS = 10;
  private static final int DIGITS_OF_MILLIS = 13;

  private VendorTime() {}

  /** Epoch milliseconds of the first of these fields that holds a time, or null. */
  static Long first(FormNode entity, String... names) {
    for (String name : names) {
      Long millis = parse(entity.text(name));
      if (millis != null) {
        return millis;
      }
    }
    return null;
  }

  /**
   * Null for everything but digits: some fields of the same name hold dates in an unknown time
   * zone.
   */
  static Long parse(String text) {
    if (text == null || text.length() < FEWEST_DIGITS || text.length() > DIGITS_OF_MILLIS) {
      return null;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return null;
      }
      value = value * 10 + (c - '0');
    }
    if (text.length() <= DIGITS_OF_SECONDS) {
      return value * 1000;
    }
    return text.length() == DIGITS_OF_MILLIS ? value : null;
  }
}
