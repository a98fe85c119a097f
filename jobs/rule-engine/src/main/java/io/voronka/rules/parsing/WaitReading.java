package io.voronka.rules.parsing;

import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code time_elapsed}. */
final class WaitReading {
  private WaitReading() {}

  static Optional<Condition> read(Node node) {
    Anchor since = since(node);
    if (since == null) {
      return Optional.empty();
    }
    if (node.has("for") && node.has("before")) {
      node.problem("either for or before is expected");
      return Optional.empty();
    }
    boolean date = since.kind() == Anchor.Kind.DATE_FIELD;
    if (!date && !node.has("for")) {
      node.problem("for is expected: how long after");
      return Optional.empty();
    }
    if (!date && node.has("before")) {
      node.at("before").problem("only a field's date can lie ahead");
      return Optional.empty();
    }
    if (node.has("before") && node.has("unless")) {
      node.at("unless").problem("nothing can have happened since a date that lies ahead");
      return Optional.empty();
    }
    long after =
        Durations.millis(node.at("for"), Duration.ZERO)
            - Durations.millis(node.at("before"), Duration.ZERO);
    Set<EventKind> unless = EventNames.read(node.at("unless"));
    return Optional.of(new TimeElapsed(node.pointer(), since, after, unless));
  }

  /** Null when it is not named in exactly one way. */
  private static Anchor since(Node node) {
    if (!node.has("since")) {
      if (!node.has("field") && !node.has("field_id") && !node.has("field_code")) {
        node.problem("exactly one of since, field, field_id and field_code is expected");
        return null;
      }
      FieldRef field = FieldReading.field(node);
      return field == null ? null : Anchor.dateField(field);
    }
    if (node.has("field") || node.has("field_id") || node.has("field_code")) {
      node.problem("exactly one of since, field, field_id and field_code is expected");
      return null;
    }
    String name = node.text("since");
    if (name == null) {
      return null;
    }
    return switch (name.toLowerCase(Locale.ROOT).replace('-', '_')) {
      case "stage_entry" -> Anchor.stageEntry();
      case "creation" -> Anchor.creation();
      case "last_message_received" -> Anchor.event(EventKind.MESSAGE_RECEIVED);
      case "last_message_sent" -> Anchor.event(EventKind.MESSAGE_SENT);
      default -> {
        Set<EventKind> kinds = EventNames.read(node.at("since"));
        yield kinds.isEmpty() ? null : Anchor.event(kinds.iterator().next());
      }
    };
  }
}
