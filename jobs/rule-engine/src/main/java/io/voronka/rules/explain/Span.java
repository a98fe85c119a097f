package io.voronka.rules.explain;

import java.util.ArrayList;
import java.util.List;

/** A duration in whole units, the largest first, exact: 36 hours are 1 day and 12 hours. */
record Span(long amount, Unit unit) {

  enum Unit {
    DAY(86_400_000),
    HOUR(3_600_000),
    MINUTE(60_000),
    SECOND(1000),
    MILLISECOND(1);

    private final long millis;

    Unit(long millis) {
      this.millis = millis;
    }
  }

  /** At least one, also of no time at all. */
  static List<Span> of(long millis) {
    List<Span> spans = new ArrayList<>();
    long rest = millis;
    for (Unit unit : Unit.values()) {
      long amount = rest / unit.millis;
      rest %= unit.millis;
      if (amount > 0) {
        spans.add(new Span(amount, unit));
      }
    }
    return spans.isEmpty() ? List.of(new Span(0, Unit.SECOND)) : spans;
  }
}
