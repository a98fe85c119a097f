package io.voronka.rules.parsing;

import io.voronka.rules.domain.condition.PeoplesDate;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** Moments of a definition, as people write them. */
final class LocalTimes {
  private LocalTimes() {}

  /**
   * Epoch milliseconds.
   *
   * @return empty when there is none, or it is none
   */
  static OptionalLong millis(Node node, ZoneId zone) {
    String text = node.text().orElse(null);
    if (text == null) {
      return OptionalLong.empty();
    }
    Optional<Instant> moment = PeoplesDate.dated(text.strip(), zone);
    if (moment.isEmpty()) {
      node.problem("not a time such as 2026-03-01T14:30: " + text);
      return OptionalLong.empty();
    }
    return OptionalLong.of(moment.get().toEpochMilli());
  }
}
