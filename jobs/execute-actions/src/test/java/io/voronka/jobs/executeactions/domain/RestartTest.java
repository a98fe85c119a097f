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
    "RUN_SALESBOT, JOURNAL",
    "UNKNOWN, JOURNAL",
  })
  void everyKindHasItsLineInTheVerificationTable(ActionKind kind, Recheck recheck) {
    assertThat(Recheck.of(kind)).isEqualTo(recheck);
  }

  /** The last column: the first attempt that the journal is asked about, 0: it is not asked. */
  @ParameterizedTest
  @CsvSource({
    "ADD_NOTE, USUAL, WAITING, 0",
    "ADD_NOTE, USUAL, SENDING, 0",
    "WEBHOOK, USUAL, WAITING, 0",
    "SEND_MESSAGE, USUAL, WAITING, 3",
    "SEND_MESSAGE, USUAL, SENDING, 3",
    "SEND_MESSAGE, SALESBOT, WAITING, 3",
    "RUN_SALESBOT, USUAL, WAITING, 3",
    "SEND_EMAIL, USUAL, WAITING, 3",
    // Of builds that marked in a checkpoint what was about to leave.
    "RUN_SALESBOT, USUAL, ARMED, 3",
    "RUN_SALESBOT, USUAL, SENDING, 0",
    "SEND_MESSAGE, SALESBOT, ARMED, 3",
  })
  void whateverWasUnfinishedIsDoubtful(ActionKind kind, Way way, Phase before, int asksFrom) {
    ActionProgress restored =
        ActionProgress.waiting(3).sending(NOW).sending(NOW).by(way).in(before).restored(kind, NOW);

    assertThat(restored.phase()).isEqualTo(Phase.DOUBTFUL);
    assertThat(restored.arrival()).isEqualTo(3);
    assertThat(restored.notBefore()).isZero();
    assertThat(restored.perhapsBegun()).isEqualTo(asksFrom);
  }

  /** However often the job comes back before the journal has told. */
  @Test
  void anAttemptThatTheJournalHasIsAskedForUntilThatIsTold() {
    ActionProgress leaving = ActionProgress.waiting(3).sending(NOW).noted();

    ActionProgress restored = leaving.restored(ActionKind.RUN_SALESBOT, NOW);
    ActionProgress again = restored.in(Phase.READING).restored(ActionKind.RUN_SALESBOT, NOW + 1);

    assertThat(restored.perhapsBegun()).isEqualTo(1);
    assertThat(again.perhapsBegun()).isEqualTo(1);
    assertThat(again.cleared(0).perhapsBegun()).isZero();
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
