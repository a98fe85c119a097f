package io.voronka.rules.domain;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rules and events over small sets of values, so that they meet often. Seeded. */
public final class RandomCases {
  private static final List<String> KINDS =
      List.of(
          "lead_created",
          "lead_updated",
          "lead_stage_changed",
          "lead_responsible_changed",
          "message_received",
          "task-created");
  private static final List<String> FIELDS =
      List.of(
          "'field': 'status_id'",
          "'field': 'name'",
          "'field': 'price'",
          "'field_id': 1",
          "'field_id': '2'",
          "'field_code': 'SIZE'",
          "'field_id': 3, 'part': 'enum_id'");

  private static final RuleParser PARSER = RuleParser.create();

  private final RandomGenerator random;
  private int events;

  public RandomCases(RandomGenerator random) {
    this.random = random;
  }

  /** One that may fire. */
  public String rule(int number) {
    String rule = written(number);
    while (!PARSER.parse(rule.replace('\'', '"')).ok()) {
      rule = written(number);
    }
    return rule;
  }

  private String written(int number) {
    return """
        {'id': 'rule-%d', 'priority': %d, 'mode': '%s', %s 'trigger': {'event': [%s]},
         %s
         'actions': [{'key': 'note', 'add_note': {'text': 'x'}}]}
        """
        .formatted(
            number,
            random.nextInt(3),
            chance(0.95) ? "on" : "off",
            chance(0.2) ? "'account': 'kommo-%d',".formatted(1 + random.nextInt(2)) : "",
            several(KINDS, 1 + random.nextInt(2)),
            chance(0.95) ? "'when': " + condition(3) + "," : "");
  }

  public CrmEvent event() {
    EventKind kind =
        EventKind.valueOf(KINDS.get(random.nextInt(KINDS.size())).toUpperCase().replace('-', '_'));
    LeadEvents event = LeadEvents.event(kind, "event-" + events++);
    event.account("kommo-" + (1 + random.nextInt(2))).at(random.nextInt(20));
    if (chance(0.1)) {
      event.untimed();
    }
    if (kind == EventKind.MESSAGE_RECEIVED) {
      return event.entity(EntityType.MESSAGE, "m" + events).field("text", name()).build();
    }
    if (kind == EventKind.TASK_CREATED) {
      return event.entity(EntityType.TASK, "t" + events).field("text", name()).build();
    }
    if (chance(0.8)) {
      event.field("status_id", stage());
    }
    if (chance(0.7)) {
      event.field("pipeline_id", "" + random.nextInt(2));
    }
    if (chance(0.2)) {
      event.was("status_id", stage());
    }
    if (chance(0.5)) {
      event.field("name", name());
    }
    if (chance(0.5)) {
      event.field("price", number());
    }
    customFields(event);
    return event.build();
  }

  private void customFields(LeadEvents event) {
    if (chance(0.4)) {
      event.texts(
          "1",
          IntStream.range(0, random.nextInt(3)).mapToObj(i -> number()).toArray(String[]::new));
    }
    if (chance(0.4)) {
      event.custom(
          "2", "SIZE", new FieldValue(name(), null, null), new FieldValue(name(), null, null));
    }
    if (chance(0.4)) {
      event.custom("3", null, new FieldValue("v", "" + random.nextInt(4), null));
    }
  }

  private String condition(int depth) {
    int kind = random.nextInt(depth == 0 ? 4 : 8);
    return switch (kind) {
      case 0, 1 -> "{'field_value': {%s, %s}}".formatted(pick(FIELDS), test());
      case 2 -> "{'stage_changed': {%s}}".formatted(move());
      case 3 ->
          "{'event_triggered': {'event': [%s]%s}}"
              .formatted(
                  several(KINDS, 2),
                  chance(0.5)
                      ? ", 'where': [{'field': 'text', 'operator': 'equals', 'value': '%s'}]"
                          .formatted(name())
                      : "");
      case 4, 5 -> "{'all': [%s]}".formatted(members(depth));
      case 6 -> "{'any': [%s]}".formatted(members(depth));
      default -> "{'not': %s}".formatted(condition(depth - 1));
    };
  }

  private String members(int depth) {
    return IntStream.range(0, 1 + random.nextInt(3))
        .mapToObj(i -> condition(depth - 1))
        .collect(Collectors.joining(", "));
  }

  private String test() {
    return switch (random.nextInt(12)) {
      case 0, 1, 2 -> "'operator': 'equals', 'value': " + operand();
      case 3 -> "'operator': 'not_equals', 'value': " + operand();
      case 4 -> "'operator': 'in', 'values': [%s, %s]".formatted(operand(), operand());
      case 5 -> "'operator': 'changed_to', 'value': " + operand();
      case 6 -> "'operator': 'changed'";
      case 7 -> "'operator': 'not_empty'";
      case 8 -> "'operator': 'greater', 'value': " + random.nextInt(20);
      case 9 -> "'operator': 'equals', 'ignore_case': true, 'value': '%s'".formatted(name());
      case 10 -> "'operator': 'equals', 'value': " + chance(0.5);
      default -> "'operator': 'changed_from', 'value': " + operand();
    };
  }

  private String operand() {
    return switch (random.nextInt(3)) {
      case 0 -> number();
      case 1 -> "'" + number() + "'";
      default -> "'" + name() + "'";
    };
  }

  private String move() {
    List<String> parts = new ArrayList<>();
    if (chance(0.7)) {
      parts.add("'to': [%s, %s]".formatted(stage(), stage()));
    }
    if (chance(0.3)) {
      parts.add("'from': " + stage());
    }
    if (chance(0.3)) {
      parts.add("'pipeline': " + random.nextInt(2));
    }
    return String.join(", ", parts);
  }

  private String stage() {
    return "" + (10 + random.nextInt(4));
  }

  private String number() {
    return pick(List.of("1", "2", "10", "10.0", "1e1", "0", "15.50"));
  }

  private String name() {
    return pick(List.of("ann", "Ann", "bob", "", "10"));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String several(List<String> from, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'" + pick(from) + "'")
        .collect(Collectors.joining(", "));
  }

  private boolean chance(double of) {
    return random.nextDouble() < of;
  }
}
