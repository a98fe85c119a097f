package io.voronka.sequences.domain.delay;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * A time of day by the clocks on the wall. It comes once on each of its days: where the clocks skip
 * it, as much later as they skip, and where they show it twice, the first time.
 *
 * @param days on which it comes
 */
public record DailyTime(LocalTime time, Set<DayOfWeek> days) {
  /** A week, and room for zones that have skipped a day. */
  private static final int DAYS_AHEAD = 9;

  public DailyTime {
    days = Set.copyOf(days);
  }

  /**
   * The first of its moments that is not before a moment, epoch milliseconds.
   *
   * @param from epoch milliseconds
   */
  public long notBefore(long from, ZoneId zone) {
    LocalDate first = Instant.ofEpochMilli(from).atZone(zone).toLocalDate();
    for (int day = 0; day <= DAYS_AHEAD; day++) {
      LocalDate date = first.plusDays(day);
      if (days.contains(date.getDayOfWeek())) {
        long moment = ZonedDateTime.of(date, time, zone).toInstant().toEpochMilli();
        if (moment >= from) {
          return moment;
        }
      }
    }
    throw new IllegalStateException("no moment within " + DAYS_AHEAD + " days: " + this);
  }
}
