package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.command;
import static io.voronka.jobs.drivesequences.Records.completed;
import static io.voronka.jobs.drivesequences.Records.event;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static io.voronka.jobs.drivesequences.Records.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.Succession;
import io.voronka.sequences.domain.Succession.Fate;
import io.voronka.sequences.history.Standing;
import io.voronka.sequences.history.Standings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dry run counts from the job's records is what the job then does. */
class PublishOperatorTest {
  private static final String DEFINITION =
      """
      {'id': 'welcome', %s 'entry': {'event': 'lead_created'}, 'exits': [{'event': 'message_received'}],
       'steps': [{'id': 'hello', 'send_message': {'text': 'Hi'}},
                 {'id': 'day', 'wait': {'for': '1d'}},
                 %s
                 {'id': 'note', 'kommo_action': {'add_note': {'text': 'A day has passed'}}}]}
      """;
  private static final String OLD =
      DEFINITION.formatted(
          "", "{'id': 'call', 'wait_for': {'event': 'call_made', 'timeout': {'for': '3d'}}},");

  /** The step call is gone, and hello waits. */
  private static String newer(String how) {
    return DEFINITION
        .formatted(how, "")
        .replace("'send_message': {'text': 'Hi'}", "'wait': {'for': '1h'}");
  }

  /** Leads in every step: paused ones, ones between two steps, and ones that have left. */
  private static void fill(DriveHarness job) throws Exception {
    enter(job, 0, 120, T0);
    job.time(T0 + DAY + 1000);
    enter(job, 120, 240, T0 + DAY + 2000);
    job.time(T0 + DAY + 10_000);
  }

  private static void enter(DriveHarness job, int from, int to, long at) throws Exception {
    for (int lead = from; lead < to; lead++) {
      String id = "" + lead;
      job.event(event(EventKind.LEAD_CREATED, id, at));
      ActionRequested hello = job.actions().get(job.actions().size() - 1);
      if (lead % 5 == 0) {
        job.command(command(CommandKind.PAUSE, id, "p" + lead, at + 10));
      }
      if (lead % 3 != 0) {
        job.outcome(completed(hello, ActionOutcome.CONFIRMED, at + 20));
      }
      if (lead % 11 == 0) {
        job.event(event(EventKind.MESSAGE_RECEIVED, id, at + 30));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"finish", "move", "restart", "stopped"})
  void theJobDoesWhatWasCounted(String how) throws Exception {
    String published =
        newer(how.equals("stopped") ? "'state': 'stopped'," : "'running': '%s',".formatted(how));
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, OLD))).time(T0 - 1)) {
      fill(job);
      List<SequenceProgressed> before = job.progress();
      Succession.Preview preview =
          Succession.preview(SequenceTexts.sequence(published), places(before));

      job.control(List.of(sequence(2, T0 + DAY + 20_000, published))).time(T0 + DAY + 20_000);

      List<SequenceProgressed> told = job.progress().subList(before.size(), job.progress().size());
      assertThat(Fates.of(told, inside(before))).isEqualTo(preview.counts());
      assertThat(preview.counts().values().stream().mapToInt(count -> count).sum())
          .isEqualTo(inside(before))
          .isGreaterThan(200);
      if (how.equals("move")) {
        assertThat(preview.counts().get(Fate.MOVES)).isPositive();
        assertThat(preview.unmoved()).containsOnlyKeys("call", "hello");
        assertThat(preview.unmoved().values().stream().mapToInt(count -> count).sum())
            .isEqualTo(preview.counts().get(Fate.FINISHES));
      }
    }
  }

  @Test
  void aCommandToWhomeverIsNotInsideIsAnsweredUnlessARuleAsks() throws Exception {
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, OLD))).time(T0 - 1)) {
      var byRule = command(CommandKind.STOP, "7", "c1", T0);
      byRule.setDecisionId("d");
      job.command(byRule);
      assertThat(job.progress()).isEmpty();
      job.command(command(CommandKind.PAUSE, "7", "c2", T0 + 1));

      assertThat(job.told()).containsExactly("refused:not-inside");
      assertThat(job.progress().get(0).getCauseId()).isEqualTo("c2");
    }
  }

  private static List<Standing> standings(List<SequenceProgressed> records) {
    Standings standings = new Standings();
    records.forEach(standings::add);
    return standings.all().stream().filter(Standing::inside).toList();
  }

  private static int inside(List<SequenceProgressed> records) {
    return standings(records).size();
  }

  private static List<Succession.Place> places(List<SequenceProgressed> records) {
    Sequence old = SequenceTexts.sequence(OLD);
    List<Succession.Place> places = new ArrayList<>();
    standings(records).forEach(one -> places.add(new Succession.Place(old, one.step(old))));
    return places;
  }
}
