package io.voronka.jobs.evaluaterules.operators;

import static io.voronka.jobs.evaluaterules.ControlRows.account;
import static io.voronka.jobs.evaluaterules.ControlRows.field;
import static io.voronka.jobs.evaluaterules.ControlRows.gone;
import static io.voronka.jobs.evaluaterules.ControlRows.rule;
import static io.voronka.jobs.evaluaterules.ControlRows.ruleSet;
import static io.voronka.jobs.evaluaterules.ControlRows.tenant;
import static io.voronka.jobs.evaluaterules.ControlRows.whole;
import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** The catalogue of fields comes into force, changes and goes while the job runs. */
class TypedFieldsOperatorTest {
  private static final long HOUR = 3_600_000;

  /** As it is written it compares texts. */
  private static final String TEN =
      """
      {'id': 'ten', 'trigger': {'event': 'lead_updated'},
       'when': {'field_value': {'field_code': 'SCORE', 'operator': 'equals', 'value': '10'}},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;

  private static final String LATER =
      """
      {'id': 'later', 'when': {'all': [
         {'time_elapsed': {'since': 'creation', 'for': '1h'}},
         {'field_value': {'field_id': 5, 'operator': 'equals', 'value': '10'}}]},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;

  private static ControlUpdate[] rows(ControlUpdate... fields) {
    return whole(
        Stream.concat(
                Stream.of(
                    tenant(true),
                    account(true),
                    rule("ten", 1, TEN),
                    rule("later", 1, LATER),
                    ruleSet(1, T0, "ten:1", "later:1")),
                Stream.of(fields))
            .toArray(ControlUpdate[]::new));
  }

  private static CrmEvent scored(EventKind kind, String id, long at, String account) {
    return CrmEvent.newBuilder(lead(kind, id, "7", at, "1", "1"))
        .setAccountId(account)
        .setCustomFields(
            List.of(
                new CustomField(
                    "5", "SCORE", "Score", List.of(new FieldValue("10.0", null, null)))))
        .build();
  }

  private static CrmEvent scored(String id, long at) {
    return scored(EventKind.LEAD_UPDATED, id, at, "kommo-1");
  }

  private static List<String> fired(JudgeHarness job) {
    return job.actions().stream().map(ActionRequested::getEventId).toList();
  }

  @Test
  void aFieldCountsFromItsMomentOnInItsAccountOnly() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows())) {
      job.events(scored("e0", T0 + 1000));
      job.control(field("5", "SCORE", "numeric", T0 + 2000));

      job.events(
          scored("e1", T0 + 1999),
          scored("e2", T0 + 2000),
          scored(EventKind.LEAD_UPDATED, "other", T0 + 3000, "kommo-2"));

      assertThat(fired(job)).containsExactly("e2");
    }
  }

  @Test
  void anotherTypeAndNoneAtAllComeIntoForceToo() throws Exception {
    try (JudgeHarness job =
        JudgeHarness.fresh().control(rows()).control(field("5", "SCORE", "numeric", T0))) {
      job.control(field("5", "SCORE", "text", T0 + 2000));
      job.events(scored("e1", T0 + 1999), scored("e2", T0 + 2000));
      job.control(field("5", "SCORE", "numeric", T0 + 3000));
      job.events(scored("e3", T0 + 3000));
      job.control(gone(ControlTable.FIELDS, "acme|kommo-1|LEAD|5"));
      job.events(scored("e4", T0 + 4000));

      assertThat(fired(job)).containsExactly("e1", "e3");
    }
  }

  @Test
  void aRestartedJobGoesByTheSameMoments() throws Exception {
    OperatorSubtaskState state;
    try (JudgeHarness job =
        JudgeHarness.fresh().control(rows()).control(field("5", "SCORE", "numeric", T0 + 2000))) {
      job.events(scored("e1", T0 + 1000));
      state = job.snapshot(1);
    }
    ControlUpdate numeric = field("5", "SCORE", "numeric", T0 + 2000);
    try (JudgeHarness job = JudgeHarness.restored(state).control(rows(numeric))) {
      job.events(scored("e2", T0 + 1999), scored("e3", T0 + 2000));

      assertThat(fired(job)).containsExactly("e3");
    }
  }

  @Test
  void whatWaitsIsWorkedOutAnewWhenAFieldChanges() throws Exception {
    try (JudgeHarness job = JudgeHarness.fresh().control(rows())) {
      job.events(scored(EventKind.LEAD_CREATED, "c", T0 + 1000, "kommo-1"));
      assertThat(job.timers()).as("10.0 is not the text 10").isZero();

      job.control(field("5", "SCORE", "numeric", T0 + 2000)).time(T0 + 2000);
      assertThat(job.timers()).isEqualTo(1);
      job.time(T0 + 2 * HOUR);

      assertThat(job.actions()).extracting(ActionRequested::getRuleId).containsExactly("later");
    }
  }

  @Test
  void aWaitFallsAwayWithTheTypeThatItHungOn() throws Exception {
    try (JudgeHarness job =
        JudgeHarness.fresh().control(rows()).control(field("5", "SCORE", "numeric", T0))) {
      job.events(scored(EventKind.LEAD_CREATED, "c", T0 + 1000, "kommo-1"));
      assertThat(job.timers()).isEqualTo(1);

      job.control(field("5", "SCORE", "text", T0 + 2000)).time(T0 + 2000);
      job.time(T0 + 2 * HOUR);

      assertThat(job.actions()).isEmpty();
      assertThat(job.timers()).isZero();
    }
  }

  @Test
  void aDayIsOneOfTheTenantsClocksAsTheyAreNow() throws Exception {
    String visit = TEN.replace("'value': '10'", "'value': '2026-01-31'");
    ControlUpdate moscow = tenant(true);
    moscow.change().getTenant().setTimeZone("Europe/Moscow");
    try (JudgeHarness job =
        JudgeHarness.fresh().control(rows(field("5", "SCORE", "date", T0 - 1)))) {
      job.control(rule("ten", 2, visit), ruleSet(2, T0, "ten:2"));

      job.events(visited("utc", T0 + 1, "1769817600"), visited("not-yet", T0 + 2, "1769806800"));
      job.control(moscow);
      job.events(visited("no-more", T0 + 3, "1769817600"), visited("msk", T0 + 4, "1769806800"));

      assertThat(fired(job)).containsExactly("utc", "msk");
    }
  }

  private static CrmEvent visited(String id, long at, String day) {
    CrmEvent event = scored(id, at);
    event.getCustomFields().get(0).setValues(List.of(new FieldValue(day, null, null)));
    return event;
  }
}
