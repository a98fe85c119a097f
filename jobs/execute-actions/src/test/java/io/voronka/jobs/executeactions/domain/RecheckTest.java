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
  private static final String UNKNOWN = "unknown, never sent again";

  private static final Map<ActionKind, String> TABLE =
      Map.ofEntries(
          Map.entry(ActionKind.CHANGE_STAGE, READ),
          Map.entry(ActionKind.UPDATE_FIELD, READ),
          Map.entry(ActionKind.ADD_TAGS, READ),
          Map.entry(ActionKind.CREATE_TASK, READ),
          Map.entry(ActionKind.ADD_NOTE, READ),
          Map.entry(ActionKind.SEND_MESSAGE, READ),
          Map.entry(ActionKind.AI_RESPONSE, READ),
          Map.entry(ActionKind.WEBHOOK, RESENT),
          Map.entry(ActionKind.SEND_EMAIL, UNKNOWN),
          Map.entry(ActionKind.RUN_SALESBOT, UNKNOWN),
          Map.entry(ActionKind.START_SEQUENCE, UNKNOWN),
          Map.entry(ActionKind.STOP_SEQUENCE, UNKNOWN),
          Map.entry(ActionKind.UNKNOWN, UNKNOWN));

  @ParameterizedTest
  @EnumSource
  void everyKindHasItsRow(ActionKind kind) {
    assertThat(TABLE).containsKey(kind);
    Target target = new Target(new TokenBucket(7, Requests.NOW, true), RetryPolicy.standard(), 4);
    target.add(
        PendingAction.of(
            Requests.of(kind, "a"), ActionProgress.doubtful(1, Requests.NOW), Requests.NOW));

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

  private static String whatHappens(Target target, FixedControls controls) {
    List<Step> steps =
        target.drain(Requests.NOW, new Guard(controls, new BookInMemory(), Duration.ofSeconds(10)));
    assertThat(steps).hasSize(1);
    Step step = steps.get(0);
    if (step.outcome() == ActionOutcome.MAYBE_SENT) {
      return UNKNOWN;
    }
    if (step.kind() == Step.Kind.SEND) {
      return RESENT;
    }
    assertThat(step.kind()).isEqualTo(Step.Kind.READ);
    target.read("a", ReadResult.absent(), Requests.NOW);
    assertThat(
            target.drain(
                Requests.NOW, new Guard(controls, new BookInMemory(), Duration.ofSeconds(10))))
        .extracting(Step::kind)
        .containsExactly(Step.Kind.SEND);
    return READ;
  }
}
