package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.account;
import static io.voronka.jobs.evaluaterules.ControlRows.rule;
import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.ControlRows.tenant;
import static io.voronka.jobs.evaluaterules.ControlRows.whole;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.CrmEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

/** A job that has to catch up judges events of different subjects in another order. */
class LateEventsOperatorTest {
  private static final long MINUTE = 60_000;
  private static final int LEADS = 40;
  private static final String RULE =
      """
      {'id': 'greet', 'trigger': {'event': 'lead_updated'},
       'actions': [{'key': 'note', 'add_note': {'text': 'v%d'}}]}
      """;

  private static ControlUpdate[] rows() {
    return whole(
        tenant(true),
        account(true),
        rule("greet", 1, RULE.formatted(1)),
        ruleSet(1, T0, "greet:1"));
  }

  /** It is a minute behind. */
  private static JudgeHarness late() throws Exception {
    return JudgeHarness.fresh().control(rows()).clock(T0 + MINUTE);
  }

  private static CrmEvent updated(int lead, long at) {
    String id = "l" + lead + "-" + at;
    return CrmEvents.lead(EventKind.LEAD_UPDATED, id, "" + lead, at, "10", "5");
  }

  /** Three rounds of all leads. */
  private static CrmEvent[] rounds() {
    List<CrmEvent> events = new ArrayList<>();
    for (int i = 0; i < 3 * LEADS; i++) {
      events.add(updated(i % LEADS, T0 + 1 + i));
    }
    return events.toArray(CrmEvent[]::new);
  }

  private static Map<String, List<String>> byLead(List<RuleDecided> decided) {
    Map<String, List<String>> events = new HashMap<>();
    decided.forEach(
        one ->
            events
                .computeIfAbsent(one.getSubjectId(), id -> new ArrayList<>())
                .add(one.getEventId()));
    return events;
  }

  @Test
  void eventsThatAreLateWaitForEachOtherAWhileAndKeepTheirOrder() throws Exception {
    Map<String, List<String>> atOnce;
    try (JudgeHarness job = JudgeHarness.fresh().control(rows()).clock(T0)) {
      job.events(rounds());
      atOnce = byLead(job.decided());
    }
    try (JudgeHarness job = late()) {
      job.events(rounds());
      assertThat(job.decided()).isEmpty();

      job.clock(T0 + MINUTE + 100);

      assertThat(job.decided()).hasSize(3 * LEADS);
      assertThat(byLead(job.decided())).hasSize(LEADS).isEqualTo(atOnce);
      List<String> leads = job.decided().stream().map(RuleDecided::getSubjectId).toList();
      assertThat(leads.subList(0, 3)).as("neighbours").containsOnly(leads.get(0));
    }
  }

  @Test
  void largeEventsAreNotManyAtOnce() throws Exception {
    try (JudgeHarness job = late()) {
      for (int i = 0; i < 7; i++) {
        CrmEvent large = updated(i, T0 + 1 + i);
        large.getFields().put("text", "x".repeat(1_000_000));
        job.events(large);
      }

      assertThat(job.decided()).as("more than four megabytes").hasSize(5);
    }
  }

  @Test
  void anEventThatIsNotLateComesAfterThoseThatAre() throws Exception {
    try (JudgeHarness job = late()) {
      job.events(updated(7, T0 + 1), updated(8, T0 + 2), updated(7, T0 + MINUTE - 10));

      assertThat(byLead(job.decided()))
          .containsOnly(
              entry("7", List.of("l7-" + (T0 + 1), "l7-" + (T0 + MINUTE - 10))),
              entry("8", List.of("l8-" + (T0 + 2))));
    }
  }

  @Test
  void theLogsTimeDoesNotOvertakeThem() throws Exception {
    try (JudgeHarness job = late()) {
      job.events(updated(7, T0 + 1)).time(T0 + 2);

      assertThat(job.decided()).hasSize(1);
      List<Object> output = job.output();
      assertThat(output.get(output.size() - 1)).isEqualTo(new Watermark(T0 + 2));
    }
  }

  @Test
  void aChangeOfTheRulesDoesNotOvertakeThem() throws Exception {
    try (JudgeHarness job = late()) {
      job.events(updated(7, T0 + 1));

      job.control(rule("greet", 2, RULE.formatted(2)), ruleSet(2, T0, "greet:2"));
      job.events(updated(8, T0 + 2)).clock(T0 + 2 * MINUTE);

      assertThat(job.actions())
          .extracting(action -> action.getAddNote().getText())
          .containsExactly("v1", "v2");
    }
  }

  @Test
  void aCheckpointHasThem() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job = late()) {
      job.events(rounds());
      state = job.snapshot(1);
      assertThat(job.decided()).as("before the barrier").hasSize(3 * LEADS);
    }
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows()).clock(T0)) {
      job.events(rounds());

      assertThat(job.decided()).as("seen before").isEmpty();
    }
  }
}
