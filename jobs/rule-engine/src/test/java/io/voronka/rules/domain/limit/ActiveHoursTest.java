package io.voronka.rules.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule does outside of its hours is in {@code LimitsTest}. */
class ActiveHoursTest {
  /** Berlin: on 2025-03-30 two o'clock is skipped, on 2025-10-26 it comes twice. */
  @ParameterizedTest
  @CsvSource({
    "2025-03-29T08:00:00Z,true,2025-03-30T07:00:00Z",
    "2025-03-30T06:59:59Z,false,2025-03-30T07:00:00Z",
    "2025-03-30T07:00:00Z,true,2025-03-31T07:00:00Z",
    "2025-10-25T07:00:00Z,true,2025-10-26T08:00:00Z",
    "2025-10-26T07:59:59Z,false,2025-10-26T08:00:00Z",
    "2025-10-26T17:00:00Z,false,2025-10-27T08:00:00Z"
  })
  void hoursAreThoseOnTheWall(String moment, boolean active, String next) {
    ActiveHours hours = hours("09:00", "18:00", EnumSet.allOf(DayOfWeek.class));
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    long millis = Instant.parse(moment).toEpochMilli();

    assertThat(hours.contain(millis, berlin)).isEqualTo(active);
    assertThat(Instant.ofEpochMilli(hours.nextStart(millis, berlin))).isEqualTo(next);
  }

  /** The window's own start or end is skipped or comes twice. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin,02:30,05:00,2026-03-29T00:59:59Z,false,2026-03-29T01:00:00Z", // 01:59:59
    "Europe/Berlin,02:30,05:00,2026-03-29T01:10:00Z,true,2026-03-30T00:30:00Z", // 03:10
    "Europe/Berlin,22:00,02:30,2026-03-29T00:59:59Z,true,2026-03-29T20:00:00Z",
    "Europe/Berlin,22:00,02:30,2026-03-29T01:10:00Z,false,2026-03-29T20:00:00Z",
    "Europe/Berlin,02:10,02:50,2026-03-28T23:00:00Z,false,2026-03-30T00:10:00Z", // all skipped
    "Europe/Berlin,02:10,02:50,2026-03-29T01:00:00Z,false,2026-03-30T00:10:00Z",
    "Europe/Berlin,01:00,02:30,2026-10-25T00:40:00Z,true,2026-10-26T00:00:00Z", // first 02:40
    "Europe/Berlin,01:00,02:30,2026-10-25T01:10:00Z,true,2026-10-26T00:00:00Z", // second 02:10
    "Europe/Berlin,01:00,02:30,2026-10-25T01:30:00Z,false,2026-10-26T00:00:00Z",
    "Europe/Berlin,02:30,05:00,2026-10-25T00:20:00Z,false,2026-10-25T00:30:00Z",
    "Europe/Berlin,02:30,05:00,2026-10-25T01:10:00Z,true,2026-10-26T01:30:00Z",
    "America/Sao_Paulo,00:30,06:00,2018-11-04T02:59:59Z,false,2018-11-04T03:00:00Z", // 23:59:59
    "America/Sao_Paulo,00:30,06:00,2018-11-04T03:10:00Z,true,2018-11-05T02:30:00Z", // 01:10
    "America/St_Johns,00:00,06:00,2010-11-07T03:00:00Z,true,2010-11-08T03:30:00Z" // second 23:30
  })
  void clocksThatChangeMoveAWindowsEdges(
      String zone, String from, String to, String moment, boolean active, String next) {
    ActiveHours hours = hours(from, to, EnumSet.allOf(DayOfWeek.class));
    long millis = Instant.parse(moment).toEpochMilli();

    assertThat(hours.contain(millis, ZoneId.of(zone))).isEqualTo(active);
    long start = hours.nextStart(millis, ZoneId.of(zone));
    assertThat(Instant.ofEpochMilli(start)).isEqualTo(next);
    assertThat(hours.contain(start, ZoneId.of(zone))).isTrue();
    assertThat(hours.contain(start - 1, ZoneId.of(zone))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-06T21:59:00Z,false", // Friday
    "2025-06-06T22:00:00Z,true",
    "2025-06-07T05:59:00Z,true", // Saturday, in Friday's night
    "2025-06-07T06:00:00Z,false",
    "2025-06-07T22:30:00Z,false",
    "2025-06-06T05:00:00Z,false" // Friday, in Thursday's night
  })
  void aWindowOverMidnightBelongsToTheDayItStartsOn(String moment, boolean active) {
    ActiveHours hours = hours("22:00", "06:00", EnumSet.of(DayOfWeek.FRIDAY));

    assertThat(hours.contain(Instant.parse(moment).toEpochMilli(), ZoneId.of("UTC")))
        .isEqualTo(active);
  }

  @Test
  void aWindowOnceAWeekMayBeSkippedAsAWhole() {
    ActiveHours hours = hours("02:10", "02:50", EnumSet.of(DayOfWeek.SUNDAY));
    long sunday = Instant.parse("2026-03-22T10:00:00Z").toEpochMilli();

    long next = hours.nextStart(sunday, ZoneId.of("Europe/Berlin"));

    assertThat(Instant.ofEpochMilli(next)).isEqualTo("2026-04-05T00:10:00Z");
  }

  private static ActiveHours hours(String from, String to, Set<DayOfWeek> days) {
    return new ActiveHours(
        LocalTime.parse(from), LocalTime.parse(to), days, ActiveHours.Outside.SKIP);
  }
}
