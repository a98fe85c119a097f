package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.DecisionIds;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Urgency;
import io.voronka.schemas.VerdictOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final String SUBJECT = "acme|kommo-1|LEAD|7";

  private static String rule(String id, String more, String actions) {
    return "{'id': '%s', 'trigger': {'event': ['lead_updated', 'message_received']}, %s 'actions': [%s]}"
        .formatted(id, more, actions);
  }

  private static String note(String key) {
    return "{'key': '%s', 'add_note': {'text': 'x'}}".formatted(key);
  }

  @Test
  void idsComeFromSubjectRuleEventAndActionOnly() {
    Deciding deciding =
        Deciding.by(rule("r", "", note("a") + "," + note("b"))).after(updated("e1"));

    String decisionId = StableId.of(SUBJECT, "r", "e1", "0");
    RuleVerdict verdict = deciding.verdict();
    assertThat(verdict.getDecisionId()).isEqualTo(decisionId);
    assertThat(verdict.getActionIds())
        .containsExactly(StableId.of(decisionId, "a"), StableId.of(decisionId, "b"));
    assertThat(deciding.actions())
        .extracting(ActionRequested::getId)
        .isEqualTo(verdict.getActionIds());
  }

  @Test
  void whereNothingFollowsTheIdIsLeftToWhoeverWantsIt() {
    Deciding deciding =
        Deciding.by(
                rule("off", "'mode': 'off',", note("n")),
                rule("seen", "'mode': 'observe',", note("n")))
            .after(updated("e1"));

    Subject subject = Subject.parse(SUBJECT);
    RuleVerdict off = deciding.verdicts().get(0);
    RuleVerdict seen = deciding.verdicts().get(1);
    assertThat(off.getDecisionId()).isEmpty();
    assertThat(DecisionIds.of(subject, "e1", off))
        .isEqualTo(StableId.of(SUBJECT, "off", "e1", "0"));
    assertThat(seen.getDecisionId()).isEqualTo(StableId.of(SUBJECT, "seen", "e1", "0"));
    assertThat(DecisionIds.of(subject, "e1", seen)).isEqualTo(seen.getDecisionId());
  }

  @Test
  void higherPrioritiesGoFirstAndEqualOnesById() {
    Deciding deciding =
        Deciding.by(
                rule("b", "", note("n")),
                rule("z", "'priority': 9,", note("n")),
                rule("a", "", note("n")))
            .after(updated("e1"));

    assertThat(deciding.verdicts())
        .extracting(RuleVerdict::getRuleId)
        .containsExactly("z", "a", "b");
    assertThat(deciding.actions())
        .extracting(ActionRequested::getRuleId)
        .containsExactly("z", "a", "b");
  }

  @Test
  void rulesThatAreOffSaySoAndAskForNothing() {
    Deciding deciding = Deciding.by(rule("r", "'mode': 'off',", note("n"))).after(updated("e1"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.DISABLED);
    assertThat(deciding.actions()).isEmpty();
  }

  @Test
  void rulesOfOneAccountSeeNoOther() {
    Deciding deciding = Deciding.by(rule("r", "'account': 'kommo-2',", note("n")));

    assertThat(deciding.after(updated("e1").account("kommo-1")).verdicts()).isEmpty();
    assertThat(deciding.after(updated("e2").account("kommo-2")).fired()).isTrue();
  }

  @Test
  void groupsNameTheFirstMemberThatFails() {
    Deciding deciding =
        Deciding.when(
                """
                {'all': [
                  {'field_value': {'field': 'name', 'operator': 'not_empty'}},
                  {'any': [{'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}},
                           {'not': {'field_value': {'field': 'name', 'operator': 'contains', 'value': 'n'}}}]}]}
                """)
            .after(updated("e1").field("name", "ann").field("price", "50"));

    assertThat(deciding.verdict().getClause()).isEqualTo("/when/all/1/any");
    assertThat(deciding.verdict().getExpected())
        .isEqualTo("price greater 100 or not (name contains n)");
    assertThat(deciding.verdict().getActual()).isEqualTo("50; ann");
  }

  @Test
  void aMessageGoesToTheTalkThatTheLeadWasLastHeardIn() {
    Deciding deciding =
        Deciding.by(
            rule(
                "r",
                "",
                "{'key': 'm', 'send_message': {'text': 'Hi {{ event.text | default: \\\"you\\\" }}'}}"));
    deciding.after(
        event(EventKind.MESSAGE_RECEIVED, "m1")
            .entity(EntityType.MESSAGE, "m1")
            .field("talk_id", "174")
            .field("text", "hello {{lead.name}}"));
    assertThat(deciding.actions().get(0).getSendMessage().getTalkId()).isEqualTo("174");
    assertThat(deciding.actions().get(0).getSendMessage().getText())
        .as("values are not read for variables again")
        .isEqualTo("Hi hello {{lead.name}}");
    assertThat(deciding.actions().get(0).getUrgency()).isEqualTo(Urgency.INTERACTIVE);

    deciding.after(updated("u").at(5));

    assertThat(deciding.actions().get(0).getSendMessage().getTalkId()).isEqualTo("174");
    assertThat(deciding.actions().get(0).getSendMessage().getText()).isEqualTo("Hi you");
  }

  @Test
  void aTextWithoutItsValueFailsTheRuleAndSendsNothing() {
    Deciding deciding =
        Deciding.by(
                rule("r", "", note("n") + ", {'key': 'm', 'add_note': {'text': '{{lead.name}}'}}"),
                rule("s", "", note("n")))
            .after(updated("e1"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.FAILED);
    assertThat(deciding.verdict().getClause()).isEqualTo("/actions/1");
    assertThat(deciding.verdict().getExpected()).isEqualTo("a value for lead.name");
    assertThat(deciding.actions()).extracting(ActionRequested::getRuleId).containsExactly("s");
  }

  @Test
  void aTextThatCannotBeFilledSaysWhatItNeeds() {
    String unfit =
        "{'key': 'm', 'add_note': {'text': '{{ lead.name | number: locale: \\\"en\\\" }}'}}";
    Deciding deciding = Deciding.by(rule("r", "", note("n") + "," + unfit));

    deciding.after(updated("e1").field("name", "Ann"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.FAILED);
    assertThat(deciding.verdict().getClause()).isEqualTo("/actions/1");
    assertThat(deciding.verdict().getExpected()).isEqualTo("a number in lead.name");
    assertThat(deciding.verdict().getActual()).isEqualTo("Ann");
    assertThat(deciding.actions()).isEmpty();
  }

  @Test
  void allTextsOfARuleShareOneBudgetAndOtherRulesHaveTheirOwn() {
    String cut =
        "{'key': '%s', 'add_note': {'text': '{{ lead.name | truncate: 3 }}{{ lead.name | truncate: 3 }}'}}";
    Deciding deciding =
        Deciding.by(
            rule("greedy", "", cut.formatted("a") + "," + cut.formatted("b")),
            rule("modest", "", cut.formatted("a")));

    deciding.after(updated("e1").field("name", "x".repeat(300_000)));

    assertThat(deciding.verdicts())
        .extracting(RuleVerdict::getOutcome)
        .containsExactly(VerdictOutcome.FAILED, VerdictOutcome.FIRED);
    assertThat(deciding.verdict().getExpected()).isEqualTo("at most 100000 steps");
    assertThat(deciding.actions()).extracting(ActionRequested::getRuleId).containsOnly("modest");
  }

  @Test
  void deadlinesCountFromTheEventAlsoWhenItIsDeliveredAgainLater() {
    Deciding deciding = Deciding.by(rule("r", "", note("n")));
    long later = LeadEvents.T0 + Duration.ofDays(3).toMillis();

    deciding.after(updated("e1").received(later));

    ActionRequested action = deciding.actions().get(0);
    assertThat(action.getNotAfter()).isEqualTo(LeadEvents.T0 + Duration.ofHours(24).toMillis());
    assertThat(action.getFiredAt()).isEqualTo(later);
    assertThat(
            Deciding.by(
                    rule("r", "", "{'key': 'n', 'not_after': '90s', 'add_note': {'text': 'x'}}"))
                .after(updated("e1").untimed())
                .actions()
                .get(0)
                .getNotAfter())
        .isEqualTo(LeadEvents.T0 + 500 + 90_000);
  }

  @Test
  void deadlinesOfAWaitCountFromWhenItIsJudgedAfterTheLogHasJumped() {
    String silence = "{'time_elapsed': {'since': 'last_message_sent', 'for': '1h'}}";
    LeadEvents sent = event(EventKind.MESSAGE_SENT, "m").entity(EntityType.MESSAGE, "m");
    long hour = Duration.ofHours(1).toSeconds();

    Deciding deciding = Deciding.by(Deciding.waiting("r", silence)).after(sent).jump(31 * hour);

    ActionRequested action = deciding.actions().get(0);
    assertThat(action.getDueAt()).isEqualTo(LeadEvents.T0 + hour * 1000);
    assertThat(action.getFiredAt()).isEqualTo(LeadEvents.T0 + 31 * hour * 1000);
    assertThat(action.getNotAfter()).isEqualTo(LeadEvents.T0 + 55 * hour * 1000);
  }

  @Test
  void everyKindOfActionCarriesItsParameters() {
    String actions =
        """
        {'key': 'a', 'change_stage': {'stage': 142, 'pipeline': '1'}},
        {'key': 'b', 'update_field': {'writes': [
           {'field': 'price', 'value': 105}, {'field_code': 'PHONE', 'values': ['+7{{lead.price}}']},
           {'field_id': 5, 'enum_ids': [55]}, {'field_id': 6, 'clear': true}]}},
        {'key': 'c', 'create_task': {'text': 'Call', 'due': '2h', 'responsible_user': 9}},
        {'key': 'd', 'webhook': {'url': 'https://example.test/x', 'headers': {'X-A': 'b'},
            'body': '{"name": "{{lead.name}}"}'}},
        {'key': 'e', 'add_tags': {'tags': ['vip', 'new']}, 'urgency': 'bulk'},
        {'key': 'f', 'run_salesbot': {'bot': 17}},
        {'key': 'g', 'start_sequence': {'sequence': 'welcome'}},
        {'key': 'h', 'stop_sequence': {'sequence': 'win-back'}}
        """
            .replace("'{\"name\": \"{{lead.name}}\"}'", "'{\\\"name\\\": \\\"{{lead.name}}\\\"}'");
    Deciding deciding =
        Deciding.by(rule("r", "", actions))
            .after(updated("e1").field("name", "say \"hi\"\n").field("price", "5"));

    List<ActionRequested> asked = deciding.actions();
    assertThat(asked)
        .extracting(ActionRequested::getKind)
        .containsExactly(
            ActionKind.CHANGE_STAGE,
            ActionKind.UPDATE_FIELD,
            ActionKind.CREATE_TASK,
            ActionKind.WEBHOOK,
            ActionKind.ADD_TAGS,
            ActionKind.RUN_SALESBOT,
            ActionKind.START_SEQUENCE,
            ActionKind.STOP_SEQUENCE);
    assertThat(asked.get(0).getChangeStage().getStatusId()).isEqualTo("142");
    assertThat(asked.get(1).getUpdateField().getWrites())
        .extracting(write -> write.getValues().size())
        .containsExactly(1, 1, 1, 0);
    assertThat(asked.get(1).getUpdateField().getWrites().get(0).getValues().get(0).getValue())
        .isEqualTo("105");
    assertThat(asked.get(1).getUpdateField().getWrites().get(1).getValues().get(0).getValue())
        .isEqualTo("+75");
    assertThat(asked.get(2).getCreateTask().getCompleteTill())
        .isEqualTo(asked.get(2).getFiredAt() + Duration.ofHours(2).toMillis());
    assertThat(asked.get(3).getWebhook().getBody()).isEqualTo("{\"name\": \"say \\\"hi\\\"\\n\"}");
    assertThat(asked.get(4).getUrgency()).isEqualTo(Urgency.BULK);
    assertThat(asked.get(5).getRunSalesbot().getBotId()).isEqualTo("17");
    assertThat(asked.get(6).getSequence().getSequenceId()).isEqualTo("welcome");
    assertThat(asked.get(7).getSequence().getSequenceId()).isEqualTo("win-back");
  }

  @Test
  void noVerdictMeansNoRecord() {
    assertThat(
            Deciding.by(rule("r", "", note("n")))
                .after(event(EventKind.NOTE_ADDED, "x"))
                .verdicts())
        .isEmpty();
  }

  @Test
  void aRuleWithinItsBudgetIsNotBlamedForTheSearchOfItsFailingClause() {
    String heavy =
        "{'field_value': {'field': 'name', 'operator': 'matches', 'value': '(a|b){50}c'}}";
    String nested =
        "{'all': [{'all': [{'all': [{'any': [%s, {'stage_changed': {'to': 1}}]}]}]}]}"
            .formatted(heavy);
    Deciding deciding = Deciding.when(nested).after(updated("e1").field("name", "ab".repeat(400)));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
    assertThat(deciding.verdict().getClause()).isEqualTo("/when/all/0/all/0/all/0/any");
    assertThat(deciding.overBudget()).isEmpty();
  }

  @Test
  void whatCountingTakesIsOnTheBillOfAllRulesThatCount() {
    String often =
        """
        {'id': '%s', 'trigger': {'event': 'lead_deleted'},
         'when': {'event_triggered': {'event': 'message_received', 'times': 2, 'within': '1d',
             'where': [{'field': 'text', 'operator': 'matches', 'value': '(a|b){50}c'}]}},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Deciding deciding =
        Deciding.by(often.formatted("a"), often.formatted("b"), rule("c", "", note("n")));

    deciding.after(message("m1", "ab".repeat(400)));
    assertThat(deciding.took())
        .extracting(took -> took.member().rule().id())
        .containsExactly("a", "b");
    assertThat(deciding.overBudget()).isEmpty();

    deciding.after(message("m2", "ab".repeat(4000)));
    assertThat(deciding.overBudget())
        .extracting(member -> member.rule().id())
        .containsExactly("a", "b");

    assertThat(deciding.after(message("m3", "ab")).took()).isEmpty();
  }

  private static LeadEvents message(String id, String text) {
    return event(EventKind.MESSAGE_RECEIVED, id).entity(EntityType.MESSAGE, id).field("text", text);
  }
}
