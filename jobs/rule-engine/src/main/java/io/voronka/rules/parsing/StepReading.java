package io.voronka.rules.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.rules.trial.Example;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import io.voronka.schemas.VerdictOutcome;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the steps of an example, and what is expected of them. */
final class StepReading {
  private final Subject subject;
  private final String contactId;
  private final ZoneId zone;

  /**
   * @param contactId whom events of a contact are about
   */
  StepReading(Subject subject, String contactId, ZoneId zone) {
    this.subject = subject;
    this.contactId = contactId;
    this.zone = zone;
  }

  List<Example.Step> read(Node steps, long start) {
    List<Example.Step> read = new ArrayList<>();
    long before = start;
    for (Node step : steps.items()) {
      long at = time(step, before);
      read.add(
          new Example.Step(step.pointer(), at, event(step, read.size() + 1, at), expected(step)));
      before = at;
    }
    return read;
  }

  private long time(Node step, long before) {
    if (step.has("at") && step.has("wait")) {
      step.problem("either at or wait is expected");
      return before;
    }
    long at =
        LocalTimes.millis(step.at("at"), zone)
            .orElse(before + Durations.millis(step.at("wait"), Duration.ZERO));
    if (at < before) {
      step.at("at").problem("lies before what comes before it");
    }
    return at;
  }

  private Optional<CrmEvent> event(Node step, int number, long at) {
    if (!step.has("event")) {
      for (String name : List.of("fields", "previous", "custom_fields", "by", "happened_at")) {
        if (step.has(name)) {
          step.at(name).problem("belongs to an event, and the step has none");
        }
      }
      return Optional.empty();
    }
    Optional<EventKind> kind =
        step.at("event").text().flatMap(name -> EventNames.named(name, step.at("event")));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    CrmEvent event = SubjectEvents.of(kind.get(), subject, "step-" + number, at);
    if (event.getEntityType() == EntityType.CONTACT) {
      event.setEntityId(contactId);
    }
    event.setActorId(step.text("by"));
    long happenedAt = LocalTimes.millis(step.at("happened_at"), zone).orElse(at);
    if (happenedAt > at) {
      step.at("happened_at").problem("lies after the step itself");
    }
    event.setOccurredAt(happenedAt);
    event.setFields(scalars(step.at("fields")));
    event.setPrevious(scalars(step.at("previous")));
    event.setCustomFields(CustomFieldReading.read(step.at("custom_fields")));
    return Optional.of(event);
  }

  private static Map<String, String> scalars(Node node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.members()
        .forEach((name, value) -> value.scalar().ifPresent(text -> texts.put(name, text)));
    return texts;
  }

  private static Optional<List<Example.Expected>> expected(Node step) {
    if (!step.has("expect")) {
      return Optional.empty();
    }
    List<Example.Expected> expected = new ArrayList<>();
    step.at("expect").members().forEach((rule, node) -> expected.add(expected(rule, node)));
    return Optional.of(expected);
  }

  private static Example.Expected expected(String rule, Node node) {
    VerdictOutcome outcome = outcome(node.text().or(() -> node.at("outcome").text()).orElse(""));
    List<Example.ExpectedAction> actions = new ArrayList<>();
    for (Node action : node.at("actions").items()) {
      actions.add(action(action));
    }
    if (!actions.isEmpty() && outcome != VerdictOutcome.FIRED) {
      node.at("actions").problem("only a rule that fires asks for actions");
    }
    JsonNode times = node.at("times").json();
    return new Example.Expected(
        node.pointer(),
        rule,
        outcome,
        node.text("because"),
        times.isInt() ? OptionalInt.of(times.intValue()) : OptionalInt.empty(),
        actions);
  }

  private static VerdictOutcome outcome(String name) {
    for (VerdictOutcome outcome : VerdictOutcome.values()) {
      if (outcome.name().equals(name.toUpperCase(Locale.ROOT))) {
        return outcome;
      }
    }
    return VerdictOutcome.UNKNOWN; // The schema has complained of it.
  }

  private static Example.ExpectedAction action(Node node) {
    String key = node.at("key").text().orElse("");
    String kind =
        node.members().keySet().stream().filter(n -> !n.equals("key")).findFirst().orElse(null);
    Map<String, String> fields = new LinkedHashMap<>();
    if (kind != null) {
      if (!ActionReading.KINDS.contains(kind)) {
        node.at(kind)
            .problem("no kind of action; known are " + String.join(", ", ActionReading.KINDS));
      }
      flatten(node.at(kind), "", fields);
    }
    return new Example.ExpectedAction(node.pointer(), key, kind, fields);
  }

  private static void flatten(Node node, String path, Map<String, String> into) {
    String prefix = path.isEmpty() ? "" : path + '/';
    node.members().forEach((name, value) -> flatten(value, prefix + name, into));
    List<Node> items = node.items();
    for (int i = 0; i < items.size(); i++) {
      flatten(items.get(i), prefix + i, into);
    }
    node.scalar().ifPresent(text -> into.put(path, text));
  }
}
