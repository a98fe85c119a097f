package io.voronka.jobs.executeactions.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.ActionKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a restart makes of unfinished actions. */
final class RestartTest {
  private static final long NOW = Requests.NOW;

  @ParameterizedTest
  @CsvSource({
    "CHANGE_STAGE, READ",
    "UPDATE_FIELD, READ",
    "CREATE_TASK, READ",
    "SEND_MESSAGE, READ",
    "ADD_NOTE, READ",
    "ADD_TAGS, READ",
    "WEBHOOK, RESEND",
    "RUN_SALESBOT, GIVE_UP",
    "UNKNOWN, GIVE_UP",
  })
  void everyKindHasItsLineInTheVerificationTable(ActionKind kind, Recheck recheck) {
    assertThat(Recheck.of(kind)).isEqualTo(recheck);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, WAITING, DOUBTFUL",
    "READ, SENDING, DOUBTFUL",
    "READ, DOUBTFUL, DOUBTFUL",
    "READ, READING, DOUBTFUL",
    "RESEND, WAITING, DOUBTFUL",
    "RESEND, SENDING, DOUBTFUL",
    "GIVE_UP, WAITING, WAITING",
    "GIVE_UP, ARMED, DOUBTFUL",
    "GIVE_UP, SENDING, DOUBTFUL",
  })
  void whatMayHaveBeenSentIsDoubtful(Recheck recheck, Phase before, Phase after) {
    ActionProgress restored = ActionProgress.waiting(3).in(before).restored(recheck, NOW);

    assertThat(restored.phase()).isEqualTo(after);
    assertThat(restored.arrival()).isEqualTo(3);
    assertThat(restored.notBefore()).isZero();
  }

  @Test
  void aPhaseThatAnOlderBuildDoesNotKnowIsDoubtful() {
    ActionProgress read =
        new ActionProgress(1, null, 0, 0, 0, 0, 0, 0, null, null, null, null, 0, 0, 0);

    assertThat(read.phase()).isEqualTo(Phase.DOUBTFUL);
  }

  @Test
  void aFirstAttemptHasNothingBeforeIt() {
    assertThat(new EarlierAttempt(false, NOW).mayHaveSent(NOW - 60_000, NOW)).isFalse();
  }

  @Test
  void whatWasRequestedBeforeTheStartMayHaveBeenSent() {
    EarlierAttempt earlier = new EarlierAttempt(true, NOW);

    assertThat(earlier.mayHaveSent(NOW - 60_000, NOW + 10)).isTrue();
    assertThat(earlier.mayHaveSent(NOW + 5_000, NOW + 5_010)).isTrue();
    assertThat(earlier.mayHaveSent(NOW + 5_001, NOW + 5_010)).isFalse();
  }

  @Test
  void aLogWhoseClockIsSetAheadIsDoubtedForAMinute() {
    EarlierAttempt earlier = new EarlierAttempt(true, NOW);
    long threeDaysAhead = NOW + 3 * 86_400_000L;

    assertThat(earlier.mayHaveSent(threeDaysAhead, NOW + 59_999)).isTrue();
    assertThat(earlier.mayHaveSent(threeDaysAhead, NOW + 60_000)).isFalse();
  }

  @Test
  void tracesAreLookedForFromTheLastSendOn() {
    ActionProgress sent = ActionProgress.waiting(0).sending(NOW + 5_000);

    assertThat(ReadWindow.since(Requests.of(ActionKind.ADD_NOTE, "a"), sent, NOW + 9_000))
        .isEqualTo(NOW + 5_000 - 10_000);
  }

  @Test
  void withoutAKnownSendFromTheDecisionOn() {
    assertThat(
            ReadWindow.since(
                Requests.of(ActionKind.ADD_NOTE, "a"), ActionProgress.waiting(0), NOW + 9_000))
        .isEqualTo(NOW - 10_000);
  }

  @Test
  void aDecisionInTheFutureSaysNothingAboutTheVendorsClock() {
    long realNow = NOW - 86_400_000L;

    assertThat(
            ReadWindow.since(
                Requests.of(ActionKind.ADD_NOTE, "a"), ActionProgress.waiting(0), realNow))
        .isEqualTo(realNow - 600_000 - 10_000);
  }
}
