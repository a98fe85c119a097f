package io.voronka.rules.domain.limit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * When a rule may fire, by the clocks on the tenant's walls. A window is all the time between its
 * start and its end, however often the clocks are changed meanwhile.
 *
 * @param from start of a window, included
 * @param to its end, excluded; not after {@code from}: the window ends on the next day
 * @param days on which a window starts
 */
public record ActiveHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, Outside outside) {
  /** Of a window once a week one may be skipped, when the clocks go on. */
  private static final int DAYS_AHEAD = 14;

  /**
   * A window may end on the day after its start, and clocks that are put back over midnight show
   * the day before it again.
   */
  private static final int DAYS_AROUND = 1;

  /** What becomes of a rule whose moment comes outside. */
  public enum Outside {
    /** It does not fire. */
    SKIP,
    /** It is judged again when the next window starts. */
    WAIT
  }

  public ActiveHours {
    days = Set.copyOf(days);
  }

  /**
   * @param moment epoch milliseconds
   */
  public boolean contain(long moment, ZoneId zone) {
    LocalDate today = date(moment, zone);
    for (int day = -DAYS_AROUND; day <= DAYS_AROUND; day++) {
      LocalDate date = today.plusDays(day);
      if (days.contains(date.getDayOfWeek())
          && start(date, zone) <= moment
          && moment < end(date, zone)) {
        return true;
      }
    }
    return false;
  }

  /** When the next window starts, epoch milliseconds. */
  public long nextStart(long moment, ZoneId zone) {
    LocalDate today = date(moment, zone);
    for (int day = 0; day <= DAYS_AHEAD; day++) {
      LocalDate date = today.plusDays(day);
      if (days.contains(date.getDayOfWeek())) {
        long start = start(date, zone);
        if (start > moment && start < end(date, zone)) {
          return start;
        }
      }
    }
    throw new IllegalStateException("no window within " + DAYS_AHEAD + " days: " + this);
  }

  /**
   * When a rule whose moment comes outside is judged again, epoch milliseconds.
   *
   * @return empty inside a window, and for rules that do not wait
   */
  public OptionalLong waitsUntil(long moment, ZoneId zone) {
    return outside == Outside.WAIT && !contain(moment, zone)
        ? OptionalLong.of(nextStart(moment, zone))
        : OptionalLong.empty();
  }

  /** For a reader. */
  public String written(ZoneId zone) {
    return from + "-" + to + (days.size() == 7 ? "" : " on " + sortedDays()) + " " + zone;
  }

  private static LocalDate date(long moment, ZoneId zone) {
    return Instant.ofEpochMilli(moment).atZone(zone).toLocalDate();
  }

  /** What the clocks skip comes when they go on, what they show twice comes first. */
  private long start(LocalDate date, ZoneId zone) {
    return millis(date.atTime(from), zone, ZoneOffsetTransition::getOffsetBefore);
  }

  /** What the clocks skip comes when they go on, what they show twice comes last. */
  private long end(LocalDate date, ZoneId zone) {
    LocalDate last = overnight() ? date.plusDays(1) : date;
    return millis(last.atTime(to), zone, ZoneOffsetTransition::getOffsetAfter);
  }

  private static long millis(
      LocalDateTime wall, ZoneId zone, Function<ZoneOffsetTransition, ZoneOffset> whenTwice) {
    ZoneOffsetTransition change = zone.getRules().getTransition(wall);
    if (change == null) {
      return wall.atZone(zone).toInstant().toEpochMilli();
    }
    return change.isGap()
        ? change.toEpochSecond() * 1000
        : wall.toInstant(whenTwice.apply(change)).toEpochMilli();
  }

  private boolean overnight() {
    return !from.isBefore(to);
  }

  private String sortedDays() {
    return String.join(",", days.stream().sorted().map(day -> day.name().substring(0, 3)).toList());
  }
}
