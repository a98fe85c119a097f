package io.voronka.infra.local.command;

import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the actions that ended lately, each counted once with its newest outcome.
 *
 * @param ends how many by outcome
 */
record ActionTally(Map<ActionOutcome, Long> ends) {
  private static final Duration LATELY = Duration.ofHours(24);

  static ActionTally read(String bootstrapServers, long now) {
    Map<String, ActionOutcome> newest = new HashMap<>();
    try (TopicReader<ActionCompleted> reader =
        TopicReader.fromStart(bootstrapServers, Topics.ACTIONS_COMPLETED, ActionCompleted.class)) {
      reader.seek(now - LATELY.toMillis());
      reader.readToEnd(
          entry -> newest.put(entry.value().getActionId(), entry.value().getOutcome()));
    }
    Map<ActionOutcome, Long> ends = new EnumMap<>(ActionOutcome.class);
    newest.values().forEach(end -> ends.merge(end, 1L, Long::sum));
    return new ActionTally(ends);
  }

  /** Unknown ones are told even when there is none: that is the promise. */
  String line() {
    Map<ActionOutcome, Long> shown = new EnumMap<>(ends);
    shown.putIfAbsent(ActionOutcome.CONFIRMED, 0L);
    shown.putIfAbsent(ActionOutcome.MAYBE_SENT, 0L);
    return "actions of the last 24 h: "
        + shown.entrySet().stream()
            .map(entry -> "%d %s".formatted(entry.getValue(), name(entry.getKey())))
            .collect(Collectors.joining(", "));
  }

  private static String name(ActionOutcome outcome) {
    return switch (outcome) {
      case CONFIRMED -> "confirmed";
      case FAILED -> "failed";
      case EXPIRED -> "expired";
      case REFUSED -> "refused";
      case WITHDRAWN -> "withdrawn";
      case MAYBE_SENT -> "unknown (may have been sent)";
      case UNKNOWN -> "of a newer version";
    };
  }
}
