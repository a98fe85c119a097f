package io.voronka.rules.check;

import io.voronka.rules.parsing.RuleParser;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random rules over so few values that every lead and every event can be tried. Seeded. */
final class SmallWorld {
  private static final Subject LEAD = new Subject("any", "any", EntityType.LEAD, "1");

  private static final RuleParser PARSER = RuleParser.create();

  private final Random random;

  SmallWorld(long seed) {
    this.random = new Random(seed);
  }

  /** Of rules r0, r1 and so on. */
  List<String> definitions(int count) {
    return IntStream.range(0, count).mapToObj(i -> definition(i, 5)).toList();
  }

  /** The same, and each writes a field or moves the lead. */
  List<String> writers(int count) {
    return IntStream.range(0, count).mapToObj(i -> definition(i, 2)).toList();
  }

  /** Every lead that rules can tell from others, with every event. */
  static Stream<Situation> starts() {
    List<Situation> starts = new ArrayList<>();
    for (String stage : List.of("11", "12", "13")) {
      for (String price : List.of("0", "1", "2", "3")) {
        for (String other : List.of("1", "2")) {
          for (EventKind kind :
              List.of(EventKind.NOTE_ADDED, EventKind.TASK_CREATED, EventKind.MESSAGE_SENT)) {
            starts.add(start(stage, price, kind, Map.of("text", "t" + other)));
          }
          for (String before : List.of("11", "12", "13")) {
            Map<String, String> after =
                Map.of("status_id", stage, "pipeline_id", "1", "price", price);
            for (EventKind kind : List.of(EventKind.LEAD_UPDATED, EventKind.LEAD_STAGE_CHANGED)) {
              starts.add(start(before, other, kind, after));
            }
          }
        }
      }
    }
    return starts.stream();
  }

  private static Situation start(
      String stage, String price, EventKind kind, Map<String, String> carried) {
    CrmEvent created =
        SubjectEvents.of(EventKind.LEAD_CREATED, LEAD, "created", Situation.CREATED_AT);
    created.getFields().putAll(Map.of("status_id", stage, "pipeline_id", "1", "price", price));
    long at = Situation.CREATED_AT + 60_000;
    CrmEvent event = SubjectEvents.of(kind, LEAD, "first", at);
    event.getFields().putAll(carried);
    return new Situation(LEAD, List.of(created, event), at);
  }

  /** One that may fire. */
  private String definition(int number, int actions) {
    String definition = written(number, actions);
    while (!PARSER.parse(definition.replace('\'', '"')).ok()) {
      definition = written(number, actions);
    }
    return definition;
  }

  private String written(int number, int actions) {
    boolean waits = random.nextInt(5) == 0;
    String condition =
        waits
            ? "{'all': [{'time_elapsed': {'since': '%s', 'for': '2d'}}, %s]}"
                .formatted(
                    pick("stage_entry", "last_message_sent", "note_added", "creation"), state())
            : "{'all': [%s, %s]}".formatted(random.nextBoolean() ? state() : change(), state());
    String trigger =
        waits
            ? ""
            : "'trigger': {'event': '%s'},"
                .formatted(
                    pick(
                        "lead_updated",
                        "lead_stage_changed",
                        "note_added",
                        "task_created",
                        "message_sent"));
    return "{'id': 'r%d', 'priority': %d, %s 'when': %s, 'actions': [{'key': 'do', %s}]}"
        .formatted(number, random.nextInt(2), trigger, condition, action(actions));
  }

  private String state() {
    return switch (random.nextInt(4)) {
      case 0 ->
          "{'field_value': {'field': 'price', 'operator': '%s', 'value': %s}}"
              .formatted(pick("equals", "not_equals"), pick("1", "2"));
      case 1 ->
          "{'field_value': {'field': 'status_id', 'operator': '%s', 'value': %s}}"
              .formatted(pick("equals", "not_equals"), pick("11", "12", "13"));
      case 2 ->
          "{'not': {'field_value': {'field': 'price', 'operator': 'greater', 'value': %s}}}"
              .formatted(pick("1", "2"));
      default -> "{'field_value': {'field': 'price', 'operator': 'not_empty'}}";
    };
  }

  private String change() {
    return switch (random.nextInt(3)) {
      case 0 ->
          "{'stage_changed': {'to': [%s, %s]}}".formatted(pick("11", "12", "13"), pick("11", "12"));
      case 1 ->
          "{'field_value': {'field': 'price', 'operator': 'changed_to', 'value': %s}}"
              .formatted(pick("1", "2"));
      default ->
          "{'event_triggered': {'event': ['note_added', 'task_created'], 'where': [{'field': 'text', 'operator': 'equals', 'value': '%s'}]}}"
              .formatted(pick("t1", "t2"));
    };
  }

  private String action(int kinds) {
    return switch (random.nextInt(kinds)) {
      case 0 -> "'change_stage': {'stage': %s}".formatted(pick("11", "12", "13"));
      case 1 ->
          "'update_field': {'writes': [{'field': 'price', 'value': %s}]}".formatted(pick("1", "2"));
      case 2 -> "'add_note': {'text': '%s'}".formatted(pick("t1", "t2"));
      case 3 -> "'create_task': {'text': '%s', 'due': '1h'}".formatted(pick("t1", "t2"));
      default -> "'send_message': {'text': 'x'}";
    };
  }

  private String pick(String... from) {
    return from[random.nextInt(from.length)];
  }
}
