package io.voronka.rules.domain.condition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments as the CRM and people write them: seconds since 1970, below zero before it; ISO 8601;
 * 12.01.1980 or 5.3.2026, with a time behind it or without.
 */
final class PeoplesDate {
  private static final int LONGEST = 64;
  private static final int ISO_DATE = 10;

  private static final Pattern DAY_FIRST =
      Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4})(.*)");

  /** ISO 8601; an offset may be +03:00, +0300 or +03. */
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  /** Seconds from 1970 to the last moment that has a date. */
  private static final long FARTHEST = Instant.MAX.getEpochSecond();

  private PeoplesDate() {}

  /**
   * Seconds since 1970; null when it is none.
   *
   * @param zone of whose clocks a date or a time without an offset is
   */
  static Long seconds(String text, ZoneId zone) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    boolean before1970 = text.charAt(0) == '-';
    long seconds = ValueType.digits(before1970 ? text.substring(1) : text);
    if (seconds > FARTHEST) {
      return null;
    }
    if (seconds >= 0) {
      return before1970 ? -seconds : seconds;
    }
    try {
      Matcher dayFirst = DAY_FIRST.matcher(text);
      String dated = dayFirst.matches() ? yearFirst(dayFirst) : text;
      if (dated.length() == ISO_DATE) {
        return LocalDate.parse(dated).atStartOfDay(zone).toEpochSecond();
      }
      String iso = dated.replace(' ', 'T');
      return hasOffset(iso)
          ? OffsetDateTime.parse(iso, WITH_OFFSET).toEpochSecond()
          : LocalDateTime.parse(iso).atZone(zone).toEpochSecond();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** 12.01.1980, whatever stands behind it, as 1980-01-12. */
  private static String yearFirst(Matcher date) {
    return date.group(3)
        + '-'
        + twoDigits(date.group(2))
        + '-'
        + twoDigits(date.group(1))
        + date.group(4);
  }

  private static String twoDigits(String number) {
    return number.length() == 1 ? '0' + number : number;
  }

  private static boolean hasOffset(String iso) {
    int time = iso.indexOf('T');
    return iso.endsWith("Z")
        || iso.indexOf('+', time) > 0
        || (time > 0 && iso.indexOf('-', time) > 0);
  }
}
