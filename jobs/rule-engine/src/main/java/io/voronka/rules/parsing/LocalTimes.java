package io.voronka.rules.parsing;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.OptionalLong;

/** Moments as people write them: by their own clocks, or with an offset. */
final class LocalTimes {
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
    return offset
        ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
        : LocalDateTime.parse(iso).atZone(zone).toInstant().toEpochMilli();
  }
}
