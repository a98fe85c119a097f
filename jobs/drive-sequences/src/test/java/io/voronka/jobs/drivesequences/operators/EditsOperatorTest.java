package io.voronka.jobs.drivesequences.operators;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.WELCOME;
import static io.voronka.jobs.drivesequences.Records.completed;
import static io.voronka.jobs.drivesequences.Records.event;
import static io.voronka.jobs.drivesequences.Records.lead;
import static io.voronka.jobs.drivesequences.Records.sequence;
import static io.voronka.jobs.drivesequences.Records.tenant;
import static io.voronka.jobs.drivesequences.Records.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.EventKind;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.Enrolment;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.Succession;
import io.voronka.sequences.domain.Succession.Fate;
import io.voronka.sequences.simulation.Effects;
import io.voronka.sequences.simulation.LeadRun;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A version is published while the job is away: what a dry run counts is what then happens. */
class EditsOperatorTest {
  private static final int LEADS = 300;
  private static final long APART = 10 * 60_000L;
  private static final long PUBLISHED = T0 + LEADS * APART + 30_000;

  private static String edited(String how) {
    return WELCOME.replace("'steps'", how + ", 'steps'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'running': 'finish'",
        "'running': 'move'",
        "'running': 'move', 'name': 'no hello any more'",
        "'running': 'restart'",
        "'state': 'stopped'"
      })
  void happensAsTheDryRunCounted(String how) throws Exception {
    String newer = edited(how);
    if (how.contains("no hello")) {
      // Those who are in the first step cannot be moved: it is another one now.
      newer =
          newer.replace("'send_message': {'text': 'Hi {{ lead.name }}'}", "'wait': {'for': '1h'}");
    }
    Map<Fate, Integer> counted = dryRun(newer);
    assertThat(counted.values().stream().mapToInt(n -> n).sum()).isBetween(50, LEADS - 50);

    OperatorSubtaskState savepoint;
    try (DriveHarness job =
        DriveHarness.fresh().control(whole(tenant(), sequence(1, 0, WELCOME))).time(T0 - 1)) {
      for (int i = 0; i < LEADS; i++) {
        long at = T0 + i * APART;
        job.time(at).event(event(EventKind.LEAD_CREATED, Integer.toString(i), at));
        answer(job);
      }
      job.time(PUBLISHED - 1);
      answer(job);
      savepoint = job.snapshot(1);
    }
    try (DriveHarness job = DriveHarness.restored(savepoint)) {
      job.control(whole(tenant(), sequence(1, 0, WELCOME), sequence(2, PUBLISHED, newer)))
          .time(PUBLISHED);

      int inside = counted.values().stream().mapToInt(n -> n).sum();
      assertThat(Fates.of(job.progress(), inside)).isEqualTo(counted);
      System.out.printf("edit %-50s %s%n", how, counted);
    }
  }

  private static void answer(DriveHarness job) throws Exception {
    for (ActionRequested asked : job.take().actions()) {
      long at = asked.getFiredAt() + 1000;
      if (answered(asked)) {
        job.outcome(completed(asked, ActionOutcome.CONFIRMED, at));
      }
    }
  }

  /** Of three leads one is never answered. */
  private static boolean answered(ActionRequested asked) {
    return Integer.parseInt(asked.getSubjectId()) % 3 > 0;
  }

  private static Map<Fate, Integer> dryRun(String newer) {
    Sequence present = SequenceTexts.sequence(WELCOME);
    List<Enrolment> inside = new ArrayList<>();
    Effects effects =
        asked ->
            new Effects.Effect(ActionOutcome.CONFIRMED, null, answered(asked) ? 1000 : 9 * DAY);
    for (int i = 0; i < LEADS; i++) {
      String id = Integer.toString(i);
      LeadRun run =
          new LeadRun(
              SequenceTexts.set(present),
              lead(id),
              SubjectState.EMPTY,
              T0,
              new AccountSetting(ZoneOffset.UTC, null),
              effects);
      run.event(event(EventKind.LEAD_CREATED, id, T0 + i * APART));
      run.until(PUBLISHED);
      inside.addAll(run.enrolments().running());
    }
    List<Succession.Place> places =
        inside.stream().map(one -> new Succession.Place(present, one.position().stepId())).toList();
    return Succession.preview(SequenceTexts.sequence(newer), places).counts();
  }
}
