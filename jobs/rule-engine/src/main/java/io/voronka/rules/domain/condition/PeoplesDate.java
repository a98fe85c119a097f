package io.voronka.rules.domain.condition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments as the CRM and people write them: seconds since 1970, below zero before it; ISO 8601;
 * 12.01.1980 or 5.3.2026, with a time behind it or without.
 */
public final class PeoplesDate {
  private static final int LONGEST = 64;
  private static final int ISO_DATE = 10;
  private static final int NANO_DIGITS = 9;

  private static final Pattern DAY_FIRST =
      Pattern.compile("([0-9]{1,2})\\.([0-9]{1,2})\\.([0-9]{4})(.*)");

  /** ISO 8601; an hour may be of one digit, an offset +03:00, +0300, +03 or none. */
  private static final DateTimeFormatter WITH_TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendPattern(":mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, NANO_DIGITS, true)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  /** What people mean lies between these, and is a number of milliseconds. */
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("+10000-01-01T00:00:00Z");

  /** Seconds from 1970 to the last moment that has a date. */
  private static final long FARTHEST = Instant.MAX.getEpochSecond();

  private PeoplesDate() {}

  /**
   * Seconds since 1970; null when it is none.
   *
   * @param zone of whose clocks a date or a time without an offset is
   */
  static Long seconds(String text, ZoneId zone) {
    if (text.isEmpty()) {
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
    return dated(text, zone).map(Instant::getEpochSecond).orElse(null);
  }

  /**
   * A moment of which the date is written out; a date alone is its first moment.
   *
   * @param zone of whose clocks a date or a time without an offset is
   */
  public static Optional<Instant> dated(String text, ZoneId zone) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Matcher dayFirst = DAY_FIRST.matcher(text);
      String dated = dayFirst.matches() ? yearFirst(dayFirst) : text;
      if (dated.length() == ISO_DATE) {
        return Optional.of(LocalDate.parse(dated).atStartOfDay(zone).toInstant());
      }
      TemporalAccessor read = WITH_TIME.parse(dated.replace(' ', 'T'));
      LocalDateTime time = LocalDateTime.from(read);
      Instant moment =
          read.isSupported(ChronoField.OFFSET_SECONDS)
              ? time.toInstant(ZoneOffset.from(read))
              : time.atZone(zone).toInstant();
      return moment.isBefore(FIRST) || !moment.isBefore(LAST)
          ? Optional.empty()
          : Optional.of(moment);
    } catch (DateTimeException e) {
      return Optional.empty();
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
}
