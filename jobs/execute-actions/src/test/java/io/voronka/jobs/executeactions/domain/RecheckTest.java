package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to an action that may have been sent when the job comes back. */
final class RecheckTest {
  private static final String READ = "read, and sent again if it is not there";
  private static final String RESENT = "sent again under the same id";
  private static final String ASKED = "the journal is asked, and it is sent if that has nothing";
  private static final String ASKED_AND_READ = "the journal is asked, and then the target";

  private static final Map<ActionKind, String> TABLE =
      Map.ofEntries(
          Map.entry(ActionKind.CHANGE_STAGE, READ),
          Map.entry(ActionKind.UPDATE_FIELD, READ),
          Map.entry(ActionKind.ADD_TAGS, READ),
          Map.entry(ActionKind.CREATE_TASK, READ),
          Map.entry(ActionKind.ADD_NOTE, READ),
          Map.entry(ActionKind.SEND_MESSAGE, ASKED_AND_READ),
          Map.entry(ActionKind.AI_RESPONSE, ASKED_AND_READ),
          Map.entry(ActionKind.WEBHOOK, RESENT),
          Map.entry(ActionKind.SEND_EMAIL, ASKED),
          Map.entry(ActionKind.RUN_SALESBOT, ASKED),
          Map.entry(ActionKind.START_SEQUENCE, ASKED),
          Map.entry(ActionKind.STOP_SEQUENCE, ASKED),
          Map.entry(ActionKind.UNKNOWN, ASKED));

  @ParameterizedTest
  @EnumSource
  void everyKindHasItsRow(ActionKind kind) {
    assertThat(TABLE).containsKey(kind);
    Target target = new Target(new TokenBucket(7, Requests.NOW, true), RetryPolicy.standard(), 4);
    target.add(
        PendingAction.of(
            Requests.of(kind, "a"),
            ActionProgress.first(kind, true, 1, Requests.NOW),
            Requests.NOW));

    FixedControls controls = new FixedControls();
    Need.of(Requests.of(kind, "a")).ifPresent(controls::add);

    assertThat(whatHappens(target, controls)).isEqualTo(TABLE.get(kind));
  }

  @Test
  void whatAddsSomethingEachTimeOwnsWhatItAdded() {
    assertThat(List.of(ActionKind.values()).stream().filter(Recheck::claimsItsTrace))
        .allMatch(kind -> Recheck.of(kind) == Recheck.READ)
        .doesNotContain(ActionKind.CHANGE_STAGE, ActionKind.UPDATE_FIELD, ActionKind.ADD_TAGS);
  }

  /** Of a build that asked no journal: nothing can tell whether it has left. */
  @Test
  void aSalesbotThatWasSentWithoutTheJournalStaysUnknown() {
    Target target = new Target(new TokenBucket(7, Requests.NOW, true), RetryPolicy.standard(), 4);
    target.add(
        PendingAction.of(
            Requests.of(ActionKind.RUN_SALESBOT, "a"),
            ActionProgress.waiting(1)
                .sending(Requests.NOW)
                .restored(ActionKind.RUN_SALESBOT, Requests.NOW),
            Requests.NOW));

    assertThat(drained(target, new FixedControls()).outcome()).isEqualTo(ActionOutcome.MAYBE_SENT);
  }

  private static String whatHappens(Target target, FixedControls controls) {
    Step step = drained(target, controls);
    if (step.kind() == Step.Kind.SEND) {
      return RESENT;
    }
    String asked = null;
    if (step.kind() == Step.Kind.ASK) {
      target.told("a", JournalAnswer.free(), Requests.NOW);
      step = drained(target, controls);
      asked = ASKED;
    }
    if (step.kind() == Step.Kind.READ) {
      target.read("a", ReadResult.absent(), Requests.NOW);
      step = drained(target, controls);
      asked = asked == null ? READ : ASKED_AND_READ;
    }
    assertThat(step.kind()).isEqualTo(Step.Kind.SEND);
    return asked;
  }

  private static Step drained(Target target, FixedControls controls) {
    List<Step> steps =
        target.drain(Requests.NOW, new Guard(controls, new BookInMemory(), Duration.ofSeconds(10)));
    assertThat(steps).hasSize(1);
    return steps.get(0);
  }
}
