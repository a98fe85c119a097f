package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.event;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static io.voronka.jobs.drivesequences.Records.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a tenant's first sequence knows of the leads that were there before it. */
class FirstSequenceOperatorTest {
  private static final String RICH =
      "{'field_value': {'field': 'price', 'operator': 'greater', 'value': 100}}";
  private static final String FIRST =
      """
      {'id': 'welcome', 'entry': {'event': 'call_made'},
       'exits': [{'when': {'not': %1$s}}],
       'steps': [{'id': 'rich', 'branch': {'when': %1$s, 'then': [{'id': 'day', 'wait': {'for': '1d'}}]}},
                 {'id': 'name', 'kommo_action': {'add_note': {'text': '{{ lead.name }}'}}}]}
      """
          .formatted(RICH);

  private static CrmEvent imported() {
    CrmEvent lead = event(EventKind.LEAD_IMPORTED, "7", T0);
    lead.getFields().putAll(Map.of("price", "500"));
    return lead;
  }

  private static CrmEvent called(long at) {
    CrmEvent call = event(EventKind.CALL_MADE, "7", at);
    call.getFields().clear();
    return call;
  }

  @Test
  void whatWasNotToldIsUnknownAndNotAGuess() throws Exception {
    try (DriveHarness job = DriveHarness.fresh().control(whole(tenant())).time(T0 - 1)) {
      job.event(imported());
      job.control(List.of(sequence(1, T0 + 1000, FIRST))).time(T0 + 2000);
      job.event(called(T0 + 3000));

      assertThat(job.told())
          .as("neither the exit nor the branch, and no text")
          .containsExactly(
              "entered(rich)",
              "branched(rich):unknown",
              "concluded(name):failed",
              "exited:completed");
    }
  }

  @Test
  void anotherImportTellsWhatWasPassedOver() throws Exception {
    try (DriveHarness job = DriveHarness.fresh().control(whole(tenant())).time(T0 - 1)) {
      CrmEvent lead = imported();
      job.event(lead);
      job.control(List.of(sequence(1, T0 + 1000, FIRST))).time(T0 + 2000);
      lead.setReceivedAt(T0 + 2500);
      job.event(lead).event(lead);
      job.event(called(T0 + 3000));

      assertThat(job.told())
          .containsExactly("entered(rich)", "branched(rich):true", "waiting(day)");
    }
  }
}
