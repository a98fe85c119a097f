package io.voronka.rules.parsing;

import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the tree of conditions. */
public final class ConditionReading {
  private static final int DEEPEST = 20;
  private static final int MOST_NODES = 1000;

  private int nodes;

  /** Empty when something is wrong with it. */
  public Optional<Condition> read(Node node) {
    return read(node, 0);
  }

  private Optional<Condition> read(Node node, int depth) {
    if (depth > DEEPEST) {
      node.problem("conditions nest at most " + DEEPEST + " deep");
      return Optional.empty();
    }
    if (++nodes == MOST_NODES + 1) {
      node.problem("a rule has at most " + MOST_NODES + " conditions");
    }
    if (nodes > MOST_NODES) {
      return Optional.empty();
    }
    if (node.has("all")) {
      Node all = node.at("all");
      return members(all, depth).map(members -> new AllOf(all.pointer(), members));
    }
    if (node.has("any")) {
      Node any = node.at("any");
      return members(any, depth).map(members -> new AnyOf(any.pointer(), members));
    }
    if (node.has("not")) {
      Node not = node.at("not");
      return read(not, depth + 1).map(member -> new Not(not.pointer(), member));
    }
    return leaf(node);
  }

  private Optional<List<Condition>> members(Node node, int depth) {
    List<Node> items = node.items();
    List<Condition> members = new ArrayList<>(items.size());
    for (Node item : items) {
      read(item, depth + 1).ifPresent(members::add);
    }
    return members.size() == items.size() ? Optional.of(members) : Optional.empty();
  }

  private static Optional<Condition> leaf(Node node) {
    if (node.has("field_value")) {
      return fieldValue(node.at("field_value"));
    }
    if (node.has("stage_changed")) {
      return Optional.of(stageChanged(node.at("stage_changed")));
    }
    if (node.has("event_triggered")) {
      return eventTriggered(node.at("event_triggered"));
    }
    if (node.has("time_elapsed")) {
      return WaitReading.read(node.at("time_elapsed"));
    }
    return Optional.empty();
  }

  private static Optional<Condition> fieldValue(Node node) {
    FieldRef field = FieldReading.field(node);
    FieldTest test = FieldReading.test(node, false);
    return field == null || test == null
        ? Optional.empty()
        : Optional.of(FieldCondition.of(node.pointer(), field, test));
  }

  private static StageChanged stageChanged(Node node) {
    return new StageChanged(
        node.pointer(), texts(node.at("from")), texts(node.at("to")), texts(node.at("pipeline")));
  }

  private static Optional<Condition> eventTriggered(Node node) {
    List<EventTriggered.Filter> filters = new ArrayList<>();
    List<Node> items = node.at("where").items();
    for (Node item : items) {
      FieldRef field = FieldReading.field(item);
      FieldTest test = FieldReading.test(item, true);
      if (field != null && test != null) {
        filters.add(new EventTriggered.Filter(item.pointer(), field, test));
      }
    }
    if (filters.size() != items.size()) {
      return Optional.empty();
    }
    Set<EventKind> kinds = EventNames.read(node.at("event"));
    if (!node.has("times")) {
      return Optional.of(EventTriggered.now(node.pointer(), kinds, filters));
    }
    long within = Durations.millis(node.at("within"), Duration.ZERO);
    int times = node.at("times").json().asInt(1);
    return Optional.of(EventTriggered.often(node.pointer(), kinds, filters, times, within));
  }

  private static List<String> texts(Node node) {
    return node.oneOrMore().stream().flatMap(item -> item.text().stream()).distinct().toList();
  }
}
