package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.account;
import static io.voronka.jobs.evaluaterules.ControlRows.rule;
import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.ControlRows.tenant;
import static io.voronka.jobs.evaluaterules.ControlRows.whole;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.CrmEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class QuarantineOperatorTest {
  private static final String GOOD =
      """
      {'id': 'good', 'trigger': {'event': 'lead_updated'},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;
  private static final String HEAVY =
      """
      {'id': 'heavy', 'trigger': {'event': 'lead_updated'},
       'when': {'field_value': {'field': 'name', 'operator': 'matches', 'value': '%s'}},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;
  private static final String COSTLY = HEAVY.formatted("(a?b?c?d?){1,40}z$");

  private static ControlUpdate[] rows() {
    return whole(
        tenant(true),
        account(true),
        rule("good", 1, GOOD),
        rule("heavy", 1, COSTLY),
        rule("torn", 1, "{'id': "),
        ruleSet(1, T0, "good:1", "heavy:1", "torn:1"));
  }

  /** Takes about 70,000 steps for a name of 3,000 letters: within what one event may take. */
  private static final String BUSY = HEAVY.formatted("(a?b?c?d?){1,2}z$");

  private static ControlUpdate[] busyRows() {
    return whole(
        tenant(true),
        account(true),
        rule("good", 1, GOOD),
        rule("heavy", 1, BUSY),
        ruleSet(1, T0, "good:1", "heavy:1"));
  }

  private static CrmEvent named(String id, long at, String name) {
    CrmEvent event = CrmEvents.lead(EventKind.LEAD_UPDATED, id, "7", at, "10", "5");
    event.getFields().put("name", name);
    return event;
  }

  private static List<VerdictOutcome> outcomes(RuleDecided decided) {
    return decided.getVerdicts().stream().map(RuleVerdict::getOutcome).toList();
  }

  @Test
  void aRuleThatIsNearItsBudgetOnEventAfterEventIsLeftOutToo() throws Exception {
    String huge = "abcd".repeat(750);
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(busyRows())) {
      for (int i = 0; i < 50; i++) {
        job.events(named("e" + i, T0 + i, huge));
      }
      assertThat(job.quarantined()).as("a while is forgiven").isEmpty();
      state = job.snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(busyRows())) {
      for (int i = 50; i < 100; i++) {
        job.events(named("e" + i, T0 + i, huge));
      }

      assertThat(job.quarantined())
          .extracting(
              RuleQuarantined::getRuleId, RuleQuarantined::getReason, RuleQuarantined::getDetail)
          .containsExactly(
              tuple("heavy", "over-rate", "more than 1000000 steps a second for long"));
      assertThat(outcomes(job.decided().get(0)))
          .containsExactly(VerdictOutcome.FIRED, VerdictOutcome.NOT_MATCHED);
      assertThat(outcomes(job.decided().get(49))).containsExactly(VerdictOutcome.FIRED);

      job.control(rule("heavy", 2, HEAVY.formatted("z")), ruleSet(2, T0, "good:1", "heavy:2"));
      job.events(named("changed", T0 + 700, huge));
      assertThat(outcomes(job.decided().get(50)))
          .as("changed, so tried again")
          .containsExactly(VerdictOutcome.FIRED, VerdictOutcome.NOT_MATCHED);
    }
  }

  @Test
  void theSameRuleMayGoOnForEverWhereEventsAreFewer() throws Exception {
    String huge = "abcd".repeat(750);
    try (JudgeHarness job = JudgeHarness.fresh().control(busyRows())) {
      for (int i = 0; i < 600; i++) {
        job.events(named("e" + i, T0 + i * 100L, huge));
      }

      assertThat(job.quarantined()).isEmpty();
    }
  }

  @Test
  void aRuleOverBudgetIsLeftOutAndTheOthersGoOn() throws Exception {
    String huge = "abcd".repeat(2000);
    OperatorSubtaskState state;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows())) {
      job.events(
          named("e1", T0 + 1, "short"), named("e2", T0 + 2, huge), named("e3", T0 + 3, huge));

      assertThat(outcomes(job.decided().get(0)))
          .containsExactly(VerdictOutcome.FIRED, VerdictOutcome.NOT_MATCHED);
      assertThat(outcomes(job.decided().get(1)))
          .containsExactly(VerdictOutcome.FIRED, VerdictOutcome.FAILED);
      assertThat(job.decided().get(1).getVerdicts().get(1).getExpected())
          .isEqualTo("at most 100000 steps");
      assertThat(outcomes(job.decided().get(2))).containsExactly(VerdictOutcome.FIRED);
      assertThat(job.quarantined())
          .extracting(RuleQuarantined::getRuleId, RuleQuarantined::getReason)
          .containsExactly(tuple("torn", "invalid-definition"), tuple("heavy", "over-budget"));
      state = job.snapshot(1);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows())) {
      job.events(named("e4", T0 + 4, "short"));
      assertThat(outcomes(job.decided().get(0))).as("still out").hasSize(1);

      job.control(rule("heavy", 2, HEAVY.formatted("abcd")), ruleSet(2, T0, "good:1", "heavy:2"));
      job.events(named("e5", T0 + 5, huge));

      assertThat(outcomes(job.decided().get(1)))
          .as("changed, so tried again")
          .containsExactly(VerdictOutcome.FIRED, VerdictOutcome.FIRED);
    }
  }
}
