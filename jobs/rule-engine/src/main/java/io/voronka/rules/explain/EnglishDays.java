package io.voronka.rules.explain;

import io.voronka.rules.domain.limit.ActiveHours;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Days of the week, and hours of them. */
final class EnglishDays {
  private EnglishDays() {}

  /** From 09:00 to 18:00 on Monday to Friday. */
  static String window(ActiveHours active) {
    List<String> parts = new ArrayList<>();
    if (!active.from().equals(LocalTime.MIDNIGHT) || !active.to().equals(LocalTime.MIDNIGHT)) {
      String nextDay = active.from().isBefore(active.to()) ? "" : " of the next day";
      parts.add("from " + active.from() + " to " + active.to() + nextDay);
    }
    if (active.days().size() < DayOfWeek.values().length) {
      parts.add(of(active.days()));
    }
    return String.join(" ", parts);
  }

  static String of(Set<DayOfWeek> days) {
    List<String> runs =
        Written.runs(days).stream()
            .map(
                run ->
                    run.size() == 1 ? day(run.get(0)) : day(run.get(0)) + " to " + day(run.get(1)))
            .toList();
    return "on " + new English().joined(runs, false);
  }

  private static String day(DayOfWeek day) {
    return day.name().charAt(0) + day.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
