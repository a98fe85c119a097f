package io.voronka.rules.parsing;

import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.limit.Limits;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads how often and when a rule may fire. */
public final class LimitReading {
  private static final String ABBREVIATIONS = "montuewedthufrisatsun";

  private LimitReading() {}

  static Limits limits(Node node) {
    Node perSubject = node.at("per_subject");
    return new Limits(
        Durations.millis(node.at("cooldown"), Duration.ZERO),
        perSubject.at("times").json().asInt(0),
        Durations.millis(perSubject.at("within"), Duration.ZERO),
        node.at("per_day").json().asInt(0));
  }

  /** Empty when there are none. */
  public static Optional<ActiveHours> active(Node node) {
    if (!node.json().isObject()) {
      return Optional.empty();
    }
    Set<DayOfWeek> days = days(node.at("days"));
    return Optional.of(
        new ActiveHours(
            time(node.at("from")),
            time(node.at("to")),
            days,
            "wait".equals(node.text("outside"))
                ? ActiveHours.Outside.WAIT
                : ActiveHours.Outside.SKIP));
  }

  /** All of them when none is named. */
  public static Set<DayOfWeek> days(Node named) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (Node day : named.items()) {
      int at = day.text().filter(name -> name.length() == 3).map(ABBREVIATIONS::indexOf).orElse(-1);
      if (at >= 0 && at % 3 == 0) {
        days.add(DayOfWeek.of(at / 3 + 1));
      }
    }
    return days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days;
  }

  /** Midnight when there is none: from midnight to midnight is the whole day. */
  public static LocalTime time(Node node) {
    try {
      return node.text().map(LocalTime::parse).orElse(LocalTime.MIDNIGHT);
    } catch (DateTimeException e) {
      return LocalTime.MIDNIGHT; // The schema has complained of it.
    }
  }
}
