package io.voronka.rules.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.rules.domain.RandomCases;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.parsing.RuleParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is taken out of a rule, or is another value in it, is missed or seen in its sentence: so
 * the sentence tells all of the rule.
 */
class NothingLeftOutTest {
  private static final RuleParser PARSER = RuleParser.create();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a sentence about the rule does not have to tell. */
  private static final Set<String> NOT_TOLD = Set.of("id", "name", "description", "key", "headers");

  private static final List<String> DECORATIONS =
      List.of(
          "{}",
          "{'limits': {'cooldown': '1h'}, 'stop_after_match': true}",
          "{'limits': {'per_subject': {'times': 3, 'within': '1d'}, 'per_day': 9}}",
          "{'active': {'from': '09:00', 'to': '18:00', 'days': ['mon', 'wed', 'thu', 'fri']}}",
          "{'mode': 'observe', 'agent': 'anna', 'active': {'days': ['sun']}}",
          "{'actions': [{'key': 'a', 'change_stage': {'stage': 10, 'pipeline': 1}}, {'key': 'b', 'urgency': 'bulk', 'add_tags': {'tags': ['x', 'y']}}]}",
          "{'actions': [{'key': 'a', 'update_field': {'writes': [{'field': 'price', 'value': 5}, {'field_id': 7, 'values': ['a', 'b']}, {'field_id': 8, 'clear': true}]}}]}",
          "{'actions': [{'key': 'a', 'create_task': {'text': 'call', 'due': '2h', 'task_type': 4, 'responsible_user': 5}}, {'key': 'b', 'not_after': '4h', 'send_message': {'text': 'hi', 'talk': 6}}]}",
          "{'agent': 'anna', 'actions': [{'key': 'a', 'ai_response': {'question': 'q', 'talk': 7}}, {'key': 'b', 'urgency': 'bulk', 'ai_response': {}}]}",
          "{'actions': [{'key': 'a', 'send_email': {'sender': 's', 'to': 'a@b.c', 'subject': 'd', 'text': 'e', 'html': 'f'}}, {'key': 'b', 'send_email': {'sender': 's', 'subject': 'd', 'text': 'e'}}]}",
          "{'actions': [{'key': 'a', 'webhook': {'url': 'https://x.test', 'body': 'b', 'content_type': 'text/plain', 'sign_with': 'k'}}, {'key': 'b', 'run_salesbot': {'bot': 7}}]}",
          "{'actions': [{'key': 'a', 'start_sequence': {'sequence': 'welcome'}}, {'key': 'b', 'stop_sequence': {'sequence': 'win-back'}}]}");
  private static final List<String> WAITS =
      List.of(
          "{'time_elapsed': {'since': 'stage_entry', 'for': '36h'}}",
          "{'time_elapsed': {'since': 'last_message_sent', 'for': '3d', 'unless': ['message_received', 'task_created']}}",
          "{'time_elapsed': {'field_id': 9, 'for': '2h', 'unless': 'lead_deleted'}}",
          "{'time_elapsed': {'field_code': 'VISIT', 'before': '2h'}}",
          "{'event_triggered': {'event': ['task_created', 'note_added'], 'times': 2, 'within': '1h', 'where': [{'field': 'text', 'operator': 'contains', 'value': 'x'}, {'field': 'type', 'operator': 'not_empty'}]}}");

  @Test
  void everyPartOfARandomRuleIsInItsSentence() throws JsonProcessingException {
    Random random = new Random(20_251_009);
    RandomCases cases = new RandomCases(random);
    int compared = 0;
    for (int number = 0; number < 150; number++) {
      compared += compare(definition(cases, number, random));
    }
    assertThat(compared).isGreaterThan(2000);
  }

  @Test
  void everyPartOfTheTablesRulesIsInItsSentence() throws IOException {
    for (ExplanationTest.Told told : ExplanationTest.table().toList()) {
      assertThat(compare((ObjectNode) json(told.rule()))).isGreaterThan(2);
    }
  }

  private static ObjectNode definition(RandomCases cases, int number, Random random)
      throws JsonProcessingException {
    ObjectNode rule = (ObjectNode) json(cases.rule(number));
    rule.setAll((ObjectNode) json(DECORATIONS.get(random.nextInt(DECORATIONS.size()))));
    if (random.nextBoolean() && rule.has("when")) {
      ObjectNode when = JSON.createObjectNode();
      when.putArray(random.nextBoolean() ? "all" : "any")
          .add(rule.get("when"))
          .add(json(WAITS.get(random.nextInt(WAITS.size()))));
      rule.set("when", when);
      ObjectNode alone = rule.deepCopy();
      alone.remove("trigger");
      if (random.nextBoolean() && parsed(alone).isPresent()) {
        rule = alone;
      }
    }
    return rule;
  }

  private static int compare(ObjectNode definition) {
    Rule rule = parsed(definition).orElseThrow(() -> new AssertionError(definition.toString()));
    int compared = 0;
    for (ObjectNode other : others(definition)) {
      Optional<Rule> changed = parsed(other);
      if (changed.isPresent() && !told(changed.get()).equals(told(rule))) {
        for (Language language : Language.values()) {
          assertThat(Explanation.in(language).of(changed.get()))
              .as("%s\n%s", definition, other)
              .isNotEqualTo(Explanation.in(language).of(rule));
        }
        compared++;
      }
    }
    return compared;
  }

  /**
   * Texts have no equality; what a record prints is all of it. How values are compared is told, but
   * not whether the author or the way of writing chose that.
   */
  private static String told(Rule rule) {
    return rule.toString().replaceAll(", declared=(true|false)", "");
  }

  /** The definition with one thing taken out, or one value being another. */
  private static List<ObjectNode> others(ObjectNode definition) {
    List<ObjectNode> others = new ArrayList<>();
    for (JsonPointer pointer : pointers(definition, JsonPointer.empty()).toList()) {
      ObjectNode without = definition.deepCopy();
      JsonNode around = without.at(pointer.head());
      if (around instanceof ObjectNode object) {
        object.remove(pointer.last().getMatchingProperty());
      } else {
        ((ArrayNode) around).remove(pointer.last().getMatchingIndex());
      }
      others.add(without);
      ObjectNode with = definition.deepCopy();
      if (replace(with.at(pointer.head()), pointer.last())) {
        others.add(with);
      }
    }
    return others;
  }

  private static boolean replace(JsonNode around, JsonPointer last) {
    JsonNode old = around.at(last);
    JsonNode other;
    if (old.isTextual()) {
      other = JSON.getNodeFactory().textNode(old.textValue() + "x");
    } else if (old.isIntegralNumber()) {
      other = JSON.getNodeFactory().numberNode(old.longValue() + 1);
    } else if (old.isBoolean()) {
      other = JSON.getNodeFactory().booleanNode(!old.booleanValue());
    } else {
      return false;
    }
    if (around instanceof ObjectNode object) {
      object.set(last.getMatchingProperty(), other);
    } else {
      ((ArrayNode) around).set(last.getMatchingIndex(), other);
    }
    return true;
  }

  private static Stream<JsonPointer> pointers(JsonNode node, JsonPointer at) {
    List<JsonPointer> below = new ArrayList<>();
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!NOT_TOLD.contains(name)) {
                below.add(at.appendProperty(name));
              }
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      below.add(at.appendIndex(i));
    }
    return below.stream()
        .flatMap(
            pointer ->
                Stream.concat(Stream.of(pointer), pointers(node.at(pointer.last()), pointer)));
  }

  private static Optional<Rule> parsed(ObjectNode definition) {
    return PARSER.parse(definition).rule();
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
