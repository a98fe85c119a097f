package io.voronka.jobs.executeactions.transport;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a text of a rule means to a field that holds no texts. Rules say dates as people write them,
 * and copy what hooks say: unix seconds, {@code 1} for a flag, {@code 12.01.1980} for a birthday.
 */
final class FieldText {
  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,11}");
  private static final Pattern DAY_OF_HOOKS = Pattern.compile("[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}");
  private static final DateTimeFormatter OF_HOOKS =
      DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);

  private FieldText() {}

  static Optional<Boolean> flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /**
   * Unix seconds.
   *
   * @param zone of which times without one are; a day means its beginning there
   */
  static Optional<Long> seconds(String text, ZoneId zone) {
    String stripped = text.strip();
    if (SECONDS.matcher(stripped).matches()) {
      return Optional.of(Long.parseLong(stripped));
    }
    if (DAY_OF_HOOKS.matcher(stripped).matches()) {
      return parsed(
          stripped, day -> LocalDate.parse(day, OF_HOOKS).atStartOfDay(zone).toEpochSecond());
    }
    return parsed(stripped, moment -> OffsetDateTime.parse(moment).toEpochSecond())
        .or(() -> parsed(stripped, time -> LocalDateTime.parse(time).atZone(zone).toEpochSecond()))
        .or(() -> parsed(stripped, day -> LocalDate.parse(day).atStartOfDay(zone).toEpochSecond()));
  }

  private static Optional<Long> parsed(String text, Function<String, Long> reader) {
    try {
      return Optional.of(reader.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
