package io.voronka.jobs.evaluaterules;

import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static io.voronka.jobs.evaluaterules.CrmEvents.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.testing.Feed;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one tenant's rules cost is nobody else's trouble. */
class HeavyRulesPipelineTest {
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  private static final String GREEDY = "greedy";
  private static final int EVENTS = 40;

  private static final String ORDINARY =
      """
      {'id': 'ordinary', 'trigger': {'event': 'lead_updated'},
       'actions': [{'key': 'n', 'add_note': {'text': 'Hello'}}]}
      """;
  private static final String EXPRESSION =
      """
      {'id': 'expression', 'trigger': {'event': 'lead_updated'},
       'when': {'field_value': {'field': 'name', 'operator': 'matches',
                                'value': '(a?b?c?d?e?f?g?h?){1,50}never$'}},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;

  private long offset;

  /** Ninety lists of a thousand values, twenty conditions deep. */
  private static String nested() {
    String values =
        Stream.iterate(0, i -> i + 1)
            .limit(1000)
            .map(i -> "'" + i + "'")
            .collect(Collectors.joining(","));
    String list = "{'field_value':{'field':'name','operator':'not_in','values':[%s]}}";
    String lists = String.join(",", Collections.nCopies(90, list.formatted(values)));
    String condition = "{'all':[" + lists + "]}";
    for (int depth = 0; depth < 9; depth++) {
      condition = "{'any':[{'not':" + condition + "}," + named("n" + depth) + "]}";
    }
    return """
        {'id': 'nested', 'trigger': {'event': 'lead_updated'}, 'when': %s,
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """
        .formatted(condition);
  }

  private static String named(String name) {
    return "{'field_value':{'field':'name','operator':'equals','value':'" + name + "'}}";
  }

  private static String template() {
    String text = "{{ lead.name | upcase | downcase | escape | url_encode }}".repeat(2);
    String actions =
        Stream.iterate(0, i -> i + 1)
            .limit(20)
            .map(i -> "{'key': 'n" + i + "', 'add_note': {'text': '" + text + "'}}")
            .collect(Collectors.joining(","));
    return "{'id': 'template', 'trigger': {'event': 'lead_updated'}, 'actions': [" + actions + "]}";
  }

  private static void control(ControlUpdate... updates) {
    Stream.of(updates).forEach(update -> FLINK.<ControlUpdate>feed("control").emit(0, update));
  }

  private static ControlUpdate greedy(ControlUpdate update) {
    return ControlRows.of(GREEDY, update);
  }

  /** The others' event and the greedy tenant's, with a name that is long and costs much. */
  private void emit(String id, long at) {
    Feed<RawRecord> events = FLINK.feed("events");
    CrmEvent ours = lead(EventKind.LEAD_UPDATED, id, "L" + id, at, "10", "1");
    CrmEvent theirs = lead(EventKind.LEAD_UPDATED, "g" + id, "L" + id, at, "10", "1");
    theirs.setTenantId(GREEDY);
    theirs.getFields().put("name", "abcdefgh".repeat(1000));
    for (CrmEvent event : List.of(theirs, ours)) {
      events.emit(at, raw(event, offset++));
    }
    events.watermark(at - 1);
  }

  /** Events that came before the control rows were read wait until the clock has passed them. */
  private static void tick(long at) {
    FLINK.<RawRecord>feed("events").watermark(at);
  }

  private static List<RuleDecided> decided(String tenant) {
    return FLINK.<RuleDecided>recorded("decided").stream()
        .filter(decided -> decided.getTenantId().equals(tenant))
        .toList();
  }

  private static List<RuleDecided> ofNewSet() {
    return decided(GREEDY).stream().filter(decided -> decided.getSetVersion() == 2).toList();
  }

  private static List<AlertRaised> alerts(boolean resolved) {
    return FLINK.<AlertRaised>recorded("alerts").stream()
        .filter(alert -> alert.getResolved() == resolved)
        .toList();
  }

  /** Reading what is heavy takes both subtasks a while on a busy machine. */
  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofMinutes(1));
  }

  @Test
  void rulesOverBudgetAreLeftOutWithTheirReasonAndTheOthersAreJudgedOn() throws Exception {
    FLINK.start(TestPipeline.of(FLINK));
    control(
        ControlRows.whole(
            ControlRows.tenant(true),
            ControlRows.account(true),
            ControlRows.rule("ordinary", 1, ORDINARY),
            ControlRows.ruleSet(1, T0, "ordinary:1"),
            greedy(ControlRows.tenant(true)),
            greedy(ControlRows.account(true)),
            greedy(ControlRows.rule("ordinary", 1, ORDINARY)),
            greedy(ControlRows.rule("expression", 1, EXPRESSION)),
            greedy(ControlRows.rule("nested", 1, nested())),
            greedy(ControlRows.rule("template", 1, template())),
            greedy(
                ControlRows.ruleSet(
                    1, T0, "ordinary:1", "expression:1", "nested:1", "template:1"))));
    FLINK.<ControlUpdate>feed("control").lastWatermark();

    for (int i = 0; i < EVENTS; i++) {
      emit("e" + i, T0 + i);
    }
    tick(T0 + EVENTS);
    patiently().until(() -> decided("acme").size() == EVENTS && decided(GREEDY).size() == EVENTS);

    assertThat(decided("acme"))
        .flatExtracting(RuleDecided::getVerdicts)
        .extracting(RuleVerdict::getOutcome)
        .containsOnly(VerdictOutcome.FIRED);
    assertThat(decided(GREEDY))
        .as("their light rule goes on, too")
        .allMatch(
            decided ->
                decided.getVerdicts().stream()
                    .anyMatch(
                        verdict ->
                            verdict.getRuleId().equals("ordinary")
                                && verdict.getOutcome() == VerdictOutcome.FIRED));
    patiently().until(() -> alerts(false).size() == 3);
    patiently()
        .untilAsserted(
            () ->
                assertThat(FLINK.<RuleQuarantined>recorded("quarantined"))
                    .extracting(
                        RuleQuarantined::getTenantId,
                        RuleQuarantined::getRuleId,
                        RuleQuarantined::getReason)
                    .contains(
                        tuple(GREEDY, "expression", "over-budget"),
                        tuple(GREEDY, "nested", "over-budget"),
                        tuple(GREEDY, "template", "over-budget"))
                    .allMatch(left -> left.toList().get(0).equals(GREEDY)));
    assertThat(alerts(false))
        .extracting(alert -> alert.getParameters().get("rule"))
        .as("told once, though both subtasks found out")
        .containsExactlyInAnyOrder("expression", "nested", "template");

    control(
        greedy(
            ControlRows.rule("expression", 2, EXPRESSION.replace("(a?b?c?d?e?f?g?h?){1,50}", ""))),
        greedy(ControlRows.ruleSet(2, T0 + 5000, "ordinary:1", "expression:2", "nested:1")));
    patiently().until(() -> alerts(true).size() == 2);
    // The set goes to the judges by another way than to the alerts: it may be there later.
    for (int i = 0; ofNewSet().isEmpty(); i++) {
      emit("late" + i, T0 + 6000 + i);
      tick(T0 + 6000 + i);
      int all = EVENTS + 1 + i;
      patiently().until(() -> decided(GREEDY).size() == all);
    }

    assertThat(alerts(true))
        .as("one changed, one taken out, one left as it was")
        .extracting(alert -> alert.getParameters().get("rule"))
        .containsExactlyInAnyOrder("expression", "template");
    assertThat(ofNewSet().get(0).getVerdicts())
        .extracting(RuleVerdict::getRuleId, RuleVerdict::getOutcome)
        .containsExactlyInAnyOrder(
            tuple("ordinary", VerdictOutcome.FIRED),
            tuple("expression", VerdictOutcome.NOT_MATCHED));
  }
}
