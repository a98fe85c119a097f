package io.voronka.sequences.parsing;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.parsing.Durations;
import io.voronka.rules.parsing.FieldReading;
import io.voronka.rules.parsing.LimitReading;
import io.voronka.rules.parsing.Node;
import io.voronka.sequences.domain.delay.DailyTime;
import io.voronka.sequences.domain.delay.Delay;
import java.time.Duration;

/** Reads when a wait is over. */
final class DelayReading {
  private DelayReading() {}

  static Delay read(Node node) {
    FieldRef date = null;
    long offset = Durations.millis(node.at("for"), Duration.ZERO);
    if (node.has("until")) {
      Node until = node.at("until");
      if (node.has("for")) {
        node.problem("either for or until is expected");
      }
      if (until.has("before") && until.has("after")) {
        until.problem("either before or after is expected");
      }
      date = FieldReading.field(until);
      offset =
          Durations.millis(until.at("after"), Duration.ZERO)
              - Durations.millis(until.at("before"), Duration.ZERO);
    }
    if (!node.has("for") && !node.has("until") && !node.has("at") && !node.has("hours")) {
      node.problem("one of for, until, at and hours is expected");
    }
    if (node.has("days") && !node.has("at")) {
      node.at("days").problem("belongs to at; with hours, the days stand in hours");
    }
    DailyTime at =
        node.has("at")
            ? new DailyTime(LimitReading.time(node.at("at")), LimitReading.days(node.at("days")))
            : null;
    return new Delay(date, offset, at, LimitReading.active(node.at("hours")).orElse(null));
  }
}
