package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.ValueType;
import java.time.ZoneId;

/**
 * The one form of a value that is written in several ways. A rule writes 5.0, true or 2026-03-01,
 * and the CRM tells of it as 5, 1 and the seconds since 1970.
 */
final class ToldValue {
  private static final int DAY_LETTERS = 10;

  private ToldValue() {}

  /**
   * @param zone of whose clocks a date without an offset is
   * @return the text itself when there is only one way to write it
   */
  static String of(String text, ZoneId zone) {
    if (text.isEmpty() || plain(text)) {
      return text;
    }
    char first = text.charAt(0);
    if (first > '9') {
      return flag(text);
    }
    Long moment = moment(text.strip(), zone);
    if (moment != null) {
      return Long.toString(moment);
    }
    Object number = ValueType.NUMBER.parse(text);
    return number == null ? text : ValueType.NUMBER.written(number);
  }

  /** Most values are letters or a few digits. */
  private static boolean plain(String text) {
    boolean padded = text.length() > 1 && text.charAt(0) == '0';
    return !padded && ValueType.digits(text) >= 0;
  }

  private static String flag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return "1";
    }
    return text.equalsIgnoreCase("false") ? "0" : text;
  }

  /** Null when it is no date that is written out. */
  private static Long moment(String text, ZoneId zone) {
    if (text.length() < DAY_LETTERS) {
      return null;
    }
    return text.charAt(4) == '-' || text.charAt(2) == '.'
        ? (Long) ValueType.DATE.parse(text, zone)
        : null;
  }
}
