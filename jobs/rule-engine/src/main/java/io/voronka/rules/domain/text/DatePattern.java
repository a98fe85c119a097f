package io.voronka.rules.domain.text;

import io.voronka.rules.domain.condition.ValueType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Consumer;

/**
 * A date's form in the directives of strftime: {@code %d.%m.%Y %H:%M}. A dash drops leading zeros.
 */
final class DatePattern {
  static final String KNOWN =
      "%d %e %m %B %b %Y %y %A %a %j %u %H %I %M %S %p %F %T %R %D %z %s %%, and %-d without zeros";

  private static final String DIRECTIVES = "demBbYyAajuHIMSpFTRDzs%";
  private static final String NUMBERS = "demyjHIMS";
  private static final String WORDS = "BbAa";

  private final String pattern;
  private final boolean withDay;

  private DatePattern(String pattern) {
    this.pattern = pattern;
    this.withDay = pattern.contains("%d") || pattern.contains("%-d") || pattern.contains("%e");
  }

  /**
   * @param problems told of a directive that is not known
   */
  static DatePattern parse(String pattern, Consumer<String> problems) {
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) != '%') {
        continue;
      }
      boolean bare = pattern.startsWith("-", i + 1);
      i += bare ? 2 : 1;
      char directive = i < pattern.length() ? pattern.charAt(i) : ' ';
      if ((bare ? NUMBERS : DIRECTIVES).indexOf(directive) < 0) {
        String shown = bare ? "%-" + directive : "%" + directive;
        problems.accept("unknown part of a date " + shown.strip() + "; known are " + KNOWN);
        break;
      }
    }
    return new DatePattern(pattern);
  }

  /** True when it has names of months or days in it, so that a language is needed. */
  boolean needsLanguage() {
    return WORDS.chars().anyMatch(word -> pattern.contains("%" + (char) word));
  }

  /**
   * Seconds since 1970, below zero before it, or ISO 8601; what has no offset of its own is taken
   * for the zone's own time.
   *
   * @return null when the text is neither
   */
  static ZonedDateTime moment(String text, ZoneId zone) {
    Long seconds = (Long) ValueType.DATE.parse(text, zone);
    try {
      return seconds == null ? null : Instant.ofEpochSecond(seconds).atZone(zone);
    } catch (DateTimeException e) {
      return null; // The last day that there is has not ended everywhere.
    }
  }

  /**
   * @param language may be null when none is needed
   */
  String format(ZonedDateTime date, Language language) {
    StringBuilder out = new StringBuilder(pattern.length() + 16);
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%') {
        out.append(c);
        continue;
      }
      boolean bare = pattern.charAt(i + 1) == '-';
      i += bare ? 2 : 1;
      part(pattern.charAt(i), !bare, date, language, out);
    }
    return out.toString();
  }

  private void part(
      char directive, boolean pad, ZonedDateTime date, Language language, StringBuilder out) {
    switch (directive) {
      case 'd' -> number(date.getDayOfMonth(), pad ? 2 : 1, out);
      case 'e' -> number(date.getDayOfMonth(), 1, out);
      case 'm' -> number(date.getMonthValue(), pad ? 2 : 1, out);
      case 'y' -> number(Math.floorMod(date.getYear(), 100), pad ? 2 : 1, out);
      case 'Y' -> number(date.getYear(), 4, out);
      case 'j' -> number(date.getDayOfYear(), pad ? 3 : 1, out);
      case 'u' -> number(date.getDayOfWeek().getValue(), 1, out);
      case 'H' -> number(date.getHour(), pad ? 2 : 1, out);
      case 'I' -> number((date.getHour() + 11) % 12 + 1, pad ? 2 : 1, out);
      case 'M' -> number(date.getMinute(), pad ? 2 : 1, out);
      case 'S' -> number(date.getSecond(), pad ? 2 : 1, out);
      case 'p' -> out.append(date.getHour() < 12 ? "AM" : "PM");
      case 'B' -> out.append(language.month(date.getMonthValue(), withDay));
      case 'b' -> out.append(language.shortMonth(date.getMonthValue()));
      case 'A' -> out.append(language.day(date.getDayOfWeek().getValue()));
      case 'a' -> out.append(language.shortDay(date.getDayOfWeek().getValue()));
      case 'z' -> offset(date.getOffset().getTotalSeconds() / 60, out);
      case 's' -> out.append(date.toEpochSecond());
      case 'F' -> several("Y-m-d", date, out);
      case 'T' -> several("H:M:S", date, out);
      case 'R' -> several("H:M", date, out);
      case 'D' -> several("m/d/y", date, out);
      default -> out.append('%');
    }
  }

  /** Every other character is a directive. */
  private void several(String parts, ZonedDateTime date, StringBuilder out) {
    for (int i = 0; i < parts.length(); i++) {
      if (i % 2 == 0) {
        part(parts.charAt(i), true, date, null, out);
      } else {
        out.append(parts.charAt(i));
      }
    }
  }

  private static void offset(int minutes, StringBuilder out) {
    out.append(minutes < 0 ? '-' : '+');
    number(Math.abs(minutes) / 60, 2, out);
    number(Math.abs(minutes) % 60, 2, out);
  }

  private static void number(int number, int width, StringBuilder out) {
    String digits = Integer.toString(number);
    out.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }
}
