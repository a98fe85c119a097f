package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.account;
import static io.voronka.jobs.evaluaterules.ControlRows.rule;
import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.ControlRows.tenant;
import static io.voronka.jobs.evaluaterules.ControlRows.whole;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class JudgeEventsOperatorTest {
  private static final String WON =
      """
      {'id': 'won', 'trigger': {'event': 'lead_stage_changed'},
       'when': {'stage_changed': {'to': '142'}},
       'actions': [{'key': 'thank', 'add_note': {'text': 'Thanks, {{lead.name}}'}}]}
      """;
  private static final String RICH =
      """
      {'id': 'rich', 'trigger': {'event': ['lead_created', 'lead_updated']}, 'priority': 5,
       'when': {'field_value': {'field': 'price', 'operator': 'greater', 'value': %s}},
       'actions': [{'key': 'tag', 'add_tags': {'tags': ['rich']}}]}
      """;

  private static ControlUpdate[] rows(long effectiveAt) {
    return whole(
        tenant(true),
        account(true),
        rule("won", 1, WON),
        rule("rich", 1, RICH.formatted(100)),
        ruleSet(1, effectiveAt, "won:1", "rich:1"));
  }

  private static CrmEvent created(String id, long at, String stage, String price) {
    return lead(EventKind.LEAD_CREATED, id, "7", at, stage, price);
  }

  private static CrmEvent updated(String id, long at, String stage, String price) {
    return lead(EventKind.LEAD_UPDATED, id, "7", at, stage, price);
  }

  @Test
  void judgesByTheRulesInForceAndAsksForActions() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      job.events(created("e1", T0 + 1000, "10", "50"), updated("e2", T0 + 2000, "142", "500"));

      assertThat(job.decided()).hasSize(2);
      assertThat(job.decided().get(0).getVerdicts())
          .extracting(RuleVerdict::getRuleId, RuleVerdict::getOutcome, RuleVerdict::getActual)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("rich", VerdictOutcome.NOT_MATCHED, "50"));
      assertThat(job.decided().get(1).getVerdicts())
          .extracting(RuleVerdict::getRuleId)
          .containsExactly("rich", "won");
      assertThat(job.actions())
          .extracting(action -> action.getActionKey())
          .containsExactly("tag", "thank");
      assertThat(job.actions().get(1).getAddNote().getText()).isEqualTo("Thanks, Lead 7");
    }
  }

  @Test
  void judgesNothingUntilTheControlRowsAreComplete() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh()) {
      ControlUpdate[] rows = rows(T0);
      job.events(created("e1", T0 + 1000, "142", "50"));
      for (ControlUpdate row : rows) {
        assertThat(job.decided()).isEmpty();
        job.control(row);
      }
      job.events(updated("e2", T0 + 1500, "10", "500"));
      assertThat(job.decided()).as("the first event's turn comes first").isEmpty();

      job.time(T0 + 2000);

      assertThat(job.decided()).extracting(RuleDecided::getEventId).containsExactly("e1", "e2");
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void aRuleChangeCountsFromItsMomentOn() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      job.control(rule("rich", 2, RICH.formatted(1000)), ruleSet(2, T0 + 5000, "rich:2"));

      job.events(
          created("before", T0 + 4999, "142", "500"),
          lead(EventKind.LEAD_CREATED, "after", "8", T0 + 5000, "142", "500"));

      assertThat(job.decided()).extracting(RuleDecided::getSetVersion).containsExactly(1L, 2L);
      assertThat(job.actions()).extracting(action -> action.getEventId()).containsOnly("before");
      assertThat(job.decided().get(1).getVerdicts().get(0).getExpected())
          .isEqualTo("price greater 1000");
    }
  }

  @Test
  void aSetWaitsForItsLastMember() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      job.control(ruleSet(2, T0, "rich:2"));
      job.events(created("e1", T0 + 1000, "10", "500"));
      job.control(rule("rich", 2, RICH.formatted(1000)));
      job.events(updated("e2", T0 + 1001, "10", "500"));

      assertThat(job.decided()).extracting(RuleDecided::getSetVersion).containsExactly(1L, 2L);
    }
  }

  @Test
  void anInvalidRuleIsLeftOutAndTheOthersGoOn() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      job.control(
          rule("bad", 1, "{'id': 'bad', 'actions': 3}"),
          rule("other", 1, WON),
          rule("torn", 1, "{'id': "),
          ruleSet(2, T0, "bad:1", "other:1", "torn:1", "rich:1"));

      job.events(created("e1", T0 + 1000, "142", "500"));

      assertThat(job.decided().get(0).getSetVersion()).isEqualTo(2);
      assertThat(job.decided().get(0).getVerdicts())
          .extracting(RuleVerdict::getRuleId)
          .containsExactly("rich");
    }
  }

  @Test
  void aDuplicateChangesNothingAlsoAfterARestore() throws Exception {
    CrmEvent event = created("e1", T0 + 1000, "142", "500");
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      job.events(event, event);
      assertThat(job.decided()).hasSize(1);
      state = job.snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows(T0)).time(T0 + 1000)) {
      job.events(event);

      assertThat(job.decided()).isEmpty();
      assertThat(job.actions()).isEmpty();
    }
  }

  @Test
  void eventsHeldBackSurviveARestartAndKeepTheirOrder() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh()) {
      job.events(created("e1", T0 + 1000, "10", "50"), updated("e2", T0 + 2000, "142", "50"));
      state = job.snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows(T0))) {
      job.events(updated("e3", T0 + 3000, "10", "50"));

      job.time(T0 + 3000);

      assertThat(job.decided())
          .extracting(RuleDecided::getEventId)
          .containsExactly("e1", "e2", "e3");
      assertThat(job.actions()).extracting(action -> action.getEventId()).containsExactly("e2");
    }
  }

  @Test
  void whatWasKnownBeforeARestartIsKnownAfterIt() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      state = job.events(created("e1", T0 + 1000, "142", "50")).snapshot(1);
      assertThat(job.actions()).hasSize(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows(T0))) {
      job.events(lead(EventKind.LEAD_STAGE_CHANGED, "e2", "7", T0 + 1001, "142", "50"));

      assertThat(job.actions()).as("the move had been told already").isEmpty();
      assertThat(job.decided().get(0).getVerdicts().get(0).getClause()).isEqualTo("/trigger");
    }
  }

  @Test
  void decidesTheSameBytesAgain() throws Exception {
    List<List<byte[]>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
        job.events(created("e1", T0 + 1000, "10", "50"), updated("e2", T0 + 2000, "142", "500"));
        RecordCodec<RuleDecided> codec = RecordCodec.of(RuleDecided.class);
        runs.add(job.decided().stream().map(codec::encode).toList());
      }
    }
    assertThat(runs.get(0)).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertThat(runs.get(1).get(i)).isEqualTo(runs.get(0).get(i));
    }
  }

  @Test
  void inactiveTenantsAndAccountsHaveNoRules() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      job.control(account(false)).events(created("e1", T0 + 1000, "142", "500"));
      job.control(account(true), tenant(false)).events(updated("e2", T0 + 2000, "10", "500"));
      assertThat(job.decided()).isEmpty();

      job.control(tenant(true)).events(updated("e3", T0 + 3000, "142", "500"));

      assertThat(job.actions()).extracting(action -> action.getEventId()).containsOnly("e3");
    }
  }

  @Test
  void whatCannotBeJudgedLeavesWithItsBytesAndItsReason() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows(T0))) {
      CrmEvent event = created("e1", T0 + 1000, "142", "500");
      byte[] torn =
          java.util.Arrays.copyOf(io.voronka.jobs.evaluaterules.CrmEvents.bytes(event), 30);
      job.encoded(new EncodedEvent("acme|kommo-1|LEAD|7", torn, T0, 3, 17));
      job.encoded(
          new EncodedEvent(
              "acme|kommo-1|LEAD|8",
              io.voronka.jobs.evaluaterules.CrmEvents.bytes(event),
              T0,
              3,
              18));
      job.events(lead(EventKind.UNKNOWN, "e2", "7", T0 + 1000, "142", "500"));

      assertThat(job.rejected())
          .extracting(rejected -> rejected.getReason())
          .containsExactly("malformed", "other-subject", "unknown-kind");
      assertThat(job.rejected().get(0).getValue().array()).isEqualTo(torn);
      assertThat(job.rejected().get(0).getOffset()).isEqualTo(17);
      assertThat(job.decided()).isEmpty();
    }
  }
}
