package io.voronka.sequences.parsing;

import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.parsing.ConditionReading;
import io.voronka.rules.parsing.EventNames;
import io.voronka.rules.parsing.Node;
import io.voronka.schemas.EventKind;
import io.voronka.sequences.domain.Watch;
import java.util.Set;

/** Reads what a sequence watches for. */
final class WatchReading {
  private WatchReading() {}

  /**
   * @param timeMayPass a {@code time_elapsed} is allowed: it is looked at when the event happens
   */
  static Watch read(Node node, boolean timeMayPass) {
    Set<EventKind> events = EventNames.read(node.at("event"));
    Condition when = when(node);
    if (!node.has("event") && !node.has("when")) {
      node.problem("an event or a condition (when) is expected");
    }
    boolean time = when != null && when.nodes().anyMatch(inner -> inner instanceof TimeElapsed);
    if (time && !timeMayPass) {
      node.at("when").problem("time_elapsed comes true by itself, and nobody looks then: use wait");
    }
    return new Watch(node.pointer(), events, when);
  }

  /** Null when there is none, or something is wrong with it. */
  static Condition when(Node node) {
    if (!node.has("when")) {
      return null;
    }
    Condition when = new ConditionReading().read(node.at("when")).orElse(null);
    if (when == null) {
      node.at("when").problem("not understood");
    }
    return when;
  }
}
