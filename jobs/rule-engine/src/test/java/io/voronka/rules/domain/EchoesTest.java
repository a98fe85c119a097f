package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hooks are known for our own writes, and which are not. */
class EchoesTest {
  private static final String US = "77";
  private static final String ROBOT = "0";
  private static final long HOUR = 3600;

  /** What the CRM tells of each kind of action that it tells of. */
  private static final Map<String, IntFunction<LeadEvents>> HOOKS =
      Map.of(
          "change_stage", i -> updated("h" + i).stage("1", "20"),
          "update_field", i -> updated("h" + i).texts("5", "x").field("price", "3"),
          "add_tags", i -> updated("h" + i).tags("old", "VIP"),
          "create_task", i -> made(EventKind.TASK_CREATED, EntityType.TASK, i, "Call"),
          "add_note", i -> made(EventKind.NOTE_ADDED, EntityType.NOTE, i, "Called "),
          "send_message", i -> made(EventKind.MESSAGE_SENT, EntityType.MESSAGE, i, "Hello"),
          "ai_response", i -> made(EventKind.MESSAGE_SENT, EntityType.MESSAGE, i, "words " + i));

  private static LeadEvents made(EventKind kind, EntityType type, int number, String text) {
    return event(kind, "h" + number).entity(type, "m" + number).field("text", text);
  }

  private static Deciding on(String event, String action) {
    return Deciding.by(
            "{'id': 'r', 'agent': 'a', 'trigger': {'event': '%s'}, 'actions': [{'key': 'a', %s}]}"
                .formatted(event, action))
        .integrationUser(US);
  }

  /** How often the rule fires when each firing is followed by its hook. */
  private static int rounds(Deciding deciding, LeadEvents first, IntFunction<LeadEvents> hook) {
    deciding.after(first);
    int fired = 0;
    while (!deciding.actions().isEmpty() && fired < 20) {
      fired++;
      deciding.after(hook.apply(fired).at(fired));
    }
    return fired;
  }

  /** Columns: what triggers the rule, what the rule does. */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          lead_updated | 'change_stage': {'stage': 20}
          lead_updated | 'update_field': {'writes': [{'field_id': 5, 'value': 'x'}]}
          lead_updated | 'update_field': {'writes': [{'field_id': 6, 'clear': true}]}
          lead_updated | 'update_field': {'writes': [{'field': 'price', 'value': 3}, {'field_id': 6, 'clear': true}]}
          lead_updated | 'add_tags': {'tags': ['vip', 'new']}
          task_created | 'create_task': {'text': 'Call', 'due': '1h'}
          note_added   | 'add_note': {'text': 'Called'}
          message_sent | 'send_message': {'text': 'Hello'}
          message_sent | 'ai_response': {}
          """)
  void aRuleThatItsOwnHookTriggersIsCut(String event, String action) {
    IntFunction<LeadEvents> hook = HOOKS.get(action.substring(1, action.indexOf('\'', 1)));

    int fired = rounds(on(event, action), hook.apply(0).by("5"), i -> hook.apply(i).by(US));

    assertThat(fired).isEqualTo(Chains.DEEPEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'send_message': {'text': 'Hello'}", "'ai_response': {'question': 'x'}"})
  void aMessageThatABotReadsFromAFieldIsKnownThere(String action) {
    Deciding deciding = on("lead_updated", action).messageField("9");

    int fired =
        rounds(
            deciding,
            updated("a").by("5"),
            i -> updated("h" + i).texts("9", action.contains("ai") ? "w" + i : "Hello").by(US));

    assertThat(fired).isEqualTo(Chains.DEEPEST);
  }

  @Test
  void aMoveIsKnownThoughManyFieldsAreWrittenAfterIt() {
    String writes =
        IntStream.range(1000, 1050)
            .mapToObj("{'field_id': %d, 'value': 'x'}"::formatted)
            .collect(Collectors.joining(", "));
    String action = "'change_stage': {'stage': 20}}, {'key': 'b', 'update_field': {'writes': [%s]}";
    Deciding deciding = on("lead_updated", action.formatted(writes)).after(updated("a").by("5"));

    deciding.after(updated("b").at(1).stage("1", "20").by(US));

    assertThat(deciding.actions()).extracting("chainDepth").containsOnly(2);
  }

  /** A hook carries all of a lead: our value is in every later one, too. */
  @ParameterizedTest
  @ValueSource(strings = {ROBOT, ""})
  void whatRobotsDoLaterOnIsNoEcho(String robot) {
    Deciding deciding =
        Deciding.by(
                """
                {'id': 'r', 'trigger': {'event': 'lead_updated'},
                 'when': {'field_value': {'field': 'name', 'operator': 'changed'}},
                 'actions': [{'key': 'a', 'update_field': {'writes': [{'field': 'price', 'value': 3}]}}]}
                """)
            .integrationUser(US)
            .after(updated("0").field("name", "0").by("5"));
    String by = robot.isEmpty() ? null : robot;
    for (int i = 1; i < 10; i++) {
      deciding.after(updated("e" + i).at(i * HOUR + 1).field("price", "3").by(US));
      deciding.after(
          updated("r" + i).at(i * HOUR + 1000).field("name", "" + i).field("price", "3").by(by));

      assertThat(deciding.actions()).extracting("chainDepth").containsExactly(1);
    }
  }

  @Test
  void eachOfTwoEqualWritesHasItsEcho() {
    Deciding deciding = on("note_added", "'add_tags': {'tags': ['vip']}");
    deciding.after(made(EventKind.NOTE_ADDED, EntityType.NOTE, 1, "a").by("5"));
    deciding.after(made(EventKind.NOTE_ADDED, EntityType.NOTE, 2, "b").at(1).by("5"));

    deciding.after(updated("e").at(10).tags("vip").by(US));
    assertThat(expected(deciding, 100)).as("the second one").isEqualTo(1);
    deciding.after(updated("f").at(200).tags("vip").by(US));
    assertThat(expected(deciding, 300)).isZero();
  }

  /** Echoes that are still expected at a time, seconds after the start. */
  private static long expected(Deciding deciding, long seconds) {
    long now = LeadEvents.T0 + seconds * 1000;
    return deciding.state().standing().echoes().stream().filter(e -> e.until() > now).count();
  }

  @Test
  void anotherHookOfTheSameWriteIsInTheChainToo() {
    Deciding deciding = on("lead_updated", "'change_stage': {'stage': 20}");
    deciding.after(updated("a").stage("1", "10").by("5"));

    deciding.after(event(EventKind.LEAD_STAGE_CHANGED, "s").at(1).stage("1", "20").by(US));
    deciding.after(updated("b").at(1).stage("1", "20").by(US));

    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(2);
  }

  @Test
  void whatATaskOrAContactCarriesWasNotWrittenToTheLead() {
    String action =
        "'update_field': {'writes': [{'field': 'responsible_user_id', 'value': '8'}, {'field_code': 'CITY', 'value': 'x'}]}";
    Deciding deciding =
        Deciding.by(
                "{'id': 'r', 'trigger': {'event': ['lead_updated', 'task_created', 'contact_updated']}, 'actions': [{'key': 'a', %s}]}"
                    .formatted(action))
            .integrationUser(US)
            .after(updated("a").by("5"));

    deciding.after(
        made(EventKind.TASK_CREATED, EntityType.TASK, 1, "Call")
            .field("responsible_user_id", "8")
            .by(ROBOT));
    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(1);
    deciding.after(
        event(EventKind.CONTACT_UPDATED, "c")
            .entity(EntityType.CONTACT, "31")
            .field("responsible_user_id", "8")
            .texts("5", "x")
            .by(ROBOT));
    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(1);
  }
}
