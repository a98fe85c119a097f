package io.voronka.rules.domain.limit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.OptionalLong;
import java.util.Set;

/**
 * When a rule may fire, by the clocks on the tenant's walls.
 *
 * @param from start of a window, included
 * @param to its end, excluded; not after {@code from}: the window ends on the next day
 * @param days on which a window starts
 */
public record ActiveHours(LocalTime from, LocalTime to, Set<DayOfWeek> days, Outside outside) {
  private static final int DAYS_AHEAD = 9;

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
    ZonedDateTime local = Instant.ofEpochMilli(moment).atZone(zone);
    LocalDate today = local.toLocalDate();
    return startedOn(today, local) || (overnight() && startedOn(today.minusDays(1), local));
  }

  /**
   * When the next window starts, epoch milliseconds. A start that the clocks skip comes when they
   * go on.
   */
  public long nextStart(long moment, ZoneId zone) {
    ZonedDateTime local = Instant.ofEpochMilli(moment).atZone(zone);
    for (int day = 0; day <= DAYS_AHEAD; day++) {
      LocalDate date = local.toLocalDate().plusDays(day);
      ZonedDateTime start = ZonedDateTime.of(date, from, zone);
      if (days.contains(date.getDayOfWeek()) && start.isAfter(local)) {
        return start.toInstant().toEpochMilli();
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

  private boolean startedOn(LocalDate date, ZonedDateTime local) {
    if (!days.contains(date.getDayOfWeek())) {
      return false;
    }
    ZoneId zone = local.getZone();
    ZonedDateTime start = ZonedDateTime.of(date, from, zone);
    ZonedDateTime end = ZonedDateTime.of(overnight() ? date.plusDays(1) : date, to, zone);
    return !local.isBefore(start) && local.isBefore(end);
  }

  private boolean overnight() {
    return !from.isBefore(to);
  }

  private String sortedDays() {
    return String.join(",", days.stream().sorted().map(day -> day.name().substring(0, 3)).toList());
  }
}
