package io.voronka.jobs.executeactions.transport;

import io.voronka.rules.domain.condition.ValueType;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a text of a rule means to a field that holds no texts: what a condition on that field would
 * take it for.
 */
final class FieldText {
  private FieldText() {}

  /** Nothing is no flag, though an empty one counts as off. */
  static Optional<Boolean> flag(String text) {
    return text.isBlank()
        ? Optional.empty()
        : Optional.ofNullable((Boolean) ValueType.BOOLEAN.parse(text));
  }

  /**
   * Unix seconds.
   *
   * @param zone of which times without one are; a day means its beginning there
   */
  static Optional<Long> seconds(String text, ZoneId zone) {
    return Optional.ofNullable((Long) ValueType.DATE.parse(text, zone));
  }
}
