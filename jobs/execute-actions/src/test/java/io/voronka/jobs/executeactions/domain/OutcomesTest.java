package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutcomesTest {
  private static final long NOW = Requests.NOW;
  private final ActionRequested request = Requests.of(ActionKind.CREATE_TASK, "a");

  @Test
  void aConfirmedActionNamesNoReason() {
    PendingAction action =
        PendingAction.of(request, ActionProgress.waiting(0).sending(NOW).succeeded(200), NOW);

    ActionCompleted line =
        Outcomes.of(
            Requests.KEY,
            request,
            Step.done(action, SendResult.done(200, "77").madeFrom(List.of("price"))),
            NOW + 90);

    assertThat(line.getActionId()).isEqualTo("a");
    assertThat(line.getTarget()).isEqualTo(Requests.KEY);
    assertThat(line.getOutcome()).isEqualTo(ActionOutcome.CONFIRMED);
    assertThat(line.getReason()).isNull();
    assertThat(line.getAttempts()).isEqualTo(1);
    assertThat(line.getStatusCode()).isEqualTo(200);
    assertThat(line.getVendorId()).isEqualTo("77");
    assertThat(line.getSentAt()).isEqualTo(NOW);
    assertThat(line.getCompletedAt()).isEqualTo(NOW + 90);
    assertThat(line.getVerifiedByRead()).isFalse();
    assertThat(line.getScripts()).containsExactly("price");
  }

  @Test
  void anActionFoundByReadingSaysWhyItWasLookedFor() {
    PendingAction action =
        PendingAction.of(request, ActionProgress.doubtful(request.getKind(), 0, NOW), NOW);

    ActionCompleted line = Outcomes.of(Requests.KEY, request, Step.found(action, "77"), NOW);

    assertThat(line.getVerifiedByRead()).isTrue();
    assertThat(line.getReason()).isEqualTo("restarted-while-sending");
    assertThat(line.getSentAt()).isNull();
  }

  @Test
  void longDetailsAreCut() {
    ActionCompleted line =
        Outcomes.refused(Requests.KEY, request, Reason.PAYLOAD_MISSING, "x".repeat(900), NOW);

    assertThat(line.getOutcome()).isEqualTo(ActionOutcome.REFUSED);
    assertThat(line.getReason()).isEqualTo("payload-missing");
    assertThat(line.getDetail()).hasSize(500);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNKNOWN", "START_SEQUENCE", "STOP_SEQUENCE"})
  void aRequestWithThePayloadOfItsKindCanBeCarriedOut(ActionKind kind) {
    assertThat(RequestCheck.problemOf(Requests.of(kind, "a"))).isEmpty();
  }

  /** Nor one that leaves the rules as a command. */
  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN", "START_SEQUENCE", "STOP_SEQUENCE"})
  void aKindOfANewerBuildCannot(ActionKind kind) {
    assertThat(RequestCheck.problemOf(Requests.of(kind, "a"))).contains(Reason.KIND_UNKNOWN);
  }

  @Test
  void aRequestWithThePayloadOfAnotherKindCannot() {
    ActionRequested mixed =
        Requests.builder(ActionKind.CREATE_TASK, "a").setKind(ActionKind.ADD_NOTE).build();

    assertThat(RequestCheck.problemOf(mixed)).contains(Reason.PAYLOAD_MISSING);
  }
}
