package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static io.voronka.rules.domain.Deciding.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.Problem;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.DecisionCause;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.StableId;
import io.voronka.schemas.VerdictOutcome;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other rule engines for sales funnels get wrong, one test for each; what needs a running job
 * is in {@code RulePromisesPipelineTest} of evaluate-rules. Every operator has its cases in {@link
 * EveryOperatorTest}, every beginning of a wait in {@link EveryBeginningTest}.
 */
@DisplayName("What a rule may be relied upon for")
class RulePromisesTest {
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;
  private static final String NO_REPLY =
      "{'time_elapsed': {'since': 'last_message_sent', 'for': '%s', 'unless': 'message_received'}}";

  private static String rule(String id, String more, String action) {
    return "{'id': '%s', 'trigger': {'event': ['lead_updated', 'message_received']}, %s 'actions': [{'key': 'a', %s}]}"
        .formatted(id, more, action);
  }

  private static LeadEvents message(EventKind kind, String id, long at) {
    return event(kind, id).entity(EntityType.MESSAGE, id).field("talk_id", "174").at(at);
  }

  @Test
  @DisplayName("A wait that is over fires the rule by itself, with no further event")
  void timeIsReal() {
    Deciding deciding =
        Deciding.by(waiting("r", NO_REPLY.formatted("3d")))
            .after(message(EventKind.MESSAGE_SENT, "m1", 100));

    assertThat(deciding.pass(100 + 3 * DAY - 1).firedAt()).isEmpty();
    assertThat(deciding.pass(100 + 3 * DAY).firedAt()).containsExactly(100 + 3 * DAY);

    RuleDecided decided = deciding.moments().get(0);
    String anchor = HexFormat.of().toHexDigits(StableId.fingerprint("m1"));
    assertThat(decided.getCause()).isEqualTo(DecisionCause.MOMENT);
    assertThat(decided.getDueAt()).isEqualTo(LeadEvents.T0 + (100 + 3 * DAY) * 1000);
    assertThat(decided.getVerdicts().get(0).getDecisionId())
        .isEqualTo(StableId.of("acme|kommo-1|LEAD|7", "r", anchor, "0"));
    assertThat(deciding.pass(400 * DAY).firedAt()).as("once").hasSize(1);
  }

  @Test
  @DisplayName("A wait edited from 2 days to 3 fires once, before its moment and after it")
  void anEditedWaitFiresOnce() {
    String two = waiting("r", NO_REPLY.formatted("2d"));
    String three = waiting("r", NO_REPLY.formatted("3d"));
    LeadEvents sent = message(EventKind.MESSAGE_SENT, "m", 0);

    Deciding before = Deciding.by(two).after(sent).pass(DAY).change(DAY, three);
    assertThat(before.pass(30 * DAY).firedAt()).containsExactly(3 * DAY);

    Deciding after = Deciding.by(two).after(sent).pass(2 * DAY + HOUR);
    assertThat(after.change(2 * DAY + HOUR, three).pass(30 * DAY).firedAt())
        .containsExactly(2 * DAY);
  }

  @Test
  @DisplayName("changed_to is about a change: the same value once more does not fire")
  void aChangeHasAPreviousValue() {
    Deciding deciding =
        Deciding.when("{'field_value': {'field': 'x', 'operator': 'changed_to', 'value': 'hot'}}");

    assertThat(deciding.after(updated("1").field("x", "cold")).fired()).isFalse();
    assertThat(deciding.after(updated("2").at(1).field("x", "hot")).fired()).isTrue();
    assertThat(deciding.after(updated("3").at(2).field("x", "hot")).fired()).isFalse();
    assertThat(deciding.after(updated("4").at(3).field("x", "cold")).fired()).isFalse();
    assertThat(deciding.after(updated("5").at(4).field("x", "hot")).fired()).isTrue();
  }

  @ParameterizedTest(name = "{0} {1} {2}: all {3}, any {4}, all but the last {5}")
  @DisplayName("Conditions nest freely: all, any and not")
  @CsvSource({
    "1,1,1,true,true,false",
    "1,1,0,false,true,true",
    "0,1,1,false,true,false",
    "0,0,1,false,true,false",
    "0,0,0,false,false,false"
  })
  void conditionsNest(String a, String b, String c, boolean all, boolean any, boolean allButLast) {
    LeadEvents event = updated("e").field("a", a).field("b", b).field("c", c);

    assertThat(
            Deciding.when("{'all': [%s, %s, %s]}".formatted(is("a"), is("b"), is("c")))
                .after(event)
                .fired())
        .isEqualTo(all);
    assertThat(
            Deciding.when("{'any': [%s, {'any': [%s, %s]}]}".formatted(is("a"), is("b"), is("c")))
                .after(event)
                .fired())
        .isEqualTo(any);
    assertThat(
            Deciding.when(
                    "{'all': [{'all': [%s, %s]}, {'not': %s}]}"
                        .formatted(is("a"), is("b"), is("c")))
                .after(event)
                .fired())
        .isEqualTo(allButLast);
  }

  private static String is(String field) {
    return "{'field_value': {'field': '%s', 'operator': 'equals', 'value': '1'}}".formatted(field);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("No code of an author runs: it is a problem of the definition")
  @ValueSource(
      strings = {
        "'when': {'custom_condition': {'code': 'return true'}},",
        "'when': {'field_value': {'field': 'x', 'operator': 'custom', 'value': 'x => true'}},",
        "'script': 'return true',"
      })
  void noCodeRuns(String code) {
    Parsed parsed =
        RuleParser.create().parse(rule("r", code, "'add_note': {'text': 'x'}").replace('\'', '"'));

    assertThat(parsed.ok()).isFalse();
    assertThat(parsed.problems()).extracting(Problem::pointer).doesNotContainNull();
  }

  @Test
  @DisplayName("What a client writes is never read as a template, nor does a template reach code")
  void textsReachNoCode() {
    Deciding deciding =
        Deciding.by(rule("r", "", "'send_message': {'text': 'You wrote: {{ event.text }}'}"));
    deciding.after(
        message(EventKind.MESSAGE_RECEIVED, "m", 0).field("text", "{{ lead.name }}${1+1}"));

    assertThat(deciding.actions().get(0).getSendMessage().getText())
        .isEqualTo("You wrote: {{ lead.name }}${1+1}");
    for (String text : new String[] {"{{ lead.class.name }}", "{{ system.exit }}"}) {
      String definition = rule("r", "", "'add_note': {'text': '%s'}".formatted(text));
      assertThat(RuleParser.create().parse(definition.replace('\'', '"')).ok()).as(text).isFalse();
    }
  }

  @Test
  @DisplayName("A regular expression that others hang on is done in time linear to the text")
  void expressionsAreLinear() {
    Deciding deciding =
        Deciding.when("{'field_value': {'field': 'x', 'operator': 'matches', 'value': '^(a+)+$'}}");

    deciding.after(updated("e").field("x", "a".repeat(3_000) + "!"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
  }

  @Test
  @DisplayName(
      "A rule that did not fire is on record too, with the clause, what it wants and what was there")
  void whyNotIsOnRecord() {
    String twoClauses =
        """
        'when': {'all': [
          {'field_value': {'field': 'name', 'operator': 'not_empty'}},
          {'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}}]},
        """;
    Deciding deciding = Deciding.by(rule("r", twoClauses, "'add_note': {'text': 'x'}"));

    deciding.after(updated("e").field("name", "Anna").field("price", "50"));

    RuleVerdict verdict = deciding.verdict();
    assertThat(verdict.getOutcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
    assertThat(verdict.getClause()).isEqualTo("/when/all/1/field_value");
    assertThat(verdict.getExpected()).isEqualTo("price greater 100");
    assertThat(verdict.getActual()).isEqualTo("50");
  }

  @Test
  @DisplayName("send_message asks for a message in the lead's talk, not for a note")
  void aMessageIsAMessage() {
    Deciding deciding = Deciding.by(rule("r", "", "'send_message': {'text': 'Hello'}"));

    deciding.after(message(EventKind.MESSAGE_RECEIVED, "m", 0));

    ActionRequested action = deciding.actions().get(0);
    assertThat(action.getKind()).isEqualTo(ActionKind.SEND_MESSAGE);
    assertThat(action.getSendMessage().getTalkId()).isEqualTo("174");
    assertThat(action.getAddNote()).isNull();
  }

  @Test
  @DisplayName("The same happening judged twice asks for the same actions under the same ids")
  void idsAreOfWhatHappened() {
    String rule = rule("r", "", "'add_note': {'text': 'x'}");

    assertThat(Deciding.by(rule).after(updated("e")).actions())
        .isEqualTo(Deciding.by(rule).after(updated("e")).actions());
  }
}
