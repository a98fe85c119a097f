package io.voronka.rules.parsing;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.OptionalLong;

/** Moments as people write them: by their own clocks, or with an offset. */
final class LocalTimes {
  /** Waits begin with it, and no clock goes on for ever. */
  private static final int LAST_YEAR = 9999;

  private LocalTimes() {}

  /**
   * Epoch milliseconds.
   *
   * @return empty when there is none, or it is none
   */
  static OptionalLong millis(Node node, ZoneId zone) {
    String text = node.text().orElse(null);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(millis(text, zone));
    } catch (DateTimeException e) {
      node.problem("not a time such as 2026-03-01T14:30: " + text);
      return OptionalLong.empty();
    }
  }

  static long millis(String text, ZoneId zone) {
    String iso = text.strip().replace(' ', 'T');
    boolean offset = iso.endsWith("Z") || iso.matches(".*T.*[+-].*");
    ZonedDateTime time =
        offset
            ? OffsetDateTime.parse(iso).toZonedDateTime()
            : LocalDateTime.parse(iso).atZone(zone);
    if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("nobody means the year " + time.getYear());
    }
    return time.toInstant().toEpochMilli();
  }
}
