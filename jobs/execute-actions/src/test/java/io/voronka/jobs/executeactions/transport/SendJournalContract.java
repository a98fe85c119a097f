package io.voronka.jobs.executeactions.transport;

import static io.voronka.schemas.ActionOutcome.CONFIRMED;
import static io.voronka.schemas.ActionOutcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.executeactions.domain.BegunSend;
import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.JournalAnswer.Kind;
import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendEnd;
import io.voronka.jobs.executeactions.transport.SendJournal.Attempt;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every journal of sends answers, that of the tests too. */
abstract class SendJournalContract {
  static final JournalAnswer FREE = JournalAnswer.free();

  /** The same journal for all lives of one test. */
  abstract SendJournal life();

  @Test
  void whatOneLifeHasBegunNoOtherBegins() throws Exception {
    try (SendJournal one = life();
        SendJournal other = life()) {
      assertThat(find(one, "a", 1)).isEqualTo(FREE);
      assertThat(begin(one, "a", 1)).isEqualTo(FREE);

      assertThat(begin(other, "a", 1).kind()).isEqualTo(Kind.BEGUN);
      assertThat(begin(other, "a", 2).earlier().attempt()).isEqualTo(1);
      assertThat(find(other, "a", 2).earlier().end()).isNull();
      assertThat(find(one, "a", 1).kind())
          .as("asked, it tells of its own, too")
          .isEqualTo(Kind.BEGUN);
      assertThat(begin(one, "a", 2)).as("knows how the first ended").isEqualTo(FREE);
      assertThat(find(other, "a", 1).earlier().attempt()).isEqualTo(2);
    }
  }

  @Test
  void howAnAttemptEndedIsTold() throws Exception {
    SendEnd done = new SendEnd(CONFIRMED, 202, "77", null, "detail", List.of("price", "hours"));
    try (SendJournal one = life();
        SendJournal other = life()) {
      begin(one, "done", 1);
      one.ended(new Attempt("done", 0, 1), done);
      ended(one);

      BegunSend told = begin(other, "done", 1).earlier();
      assertThat(told.attempt()).isEqualTo(1);
      assertThat(told.end()).isEqualTo(done);
      assertThat(begin(one, "done", 2).kind()).as("for nobody").isEqualTo(Kind.BEGUN);
    }
  }

  @Test
  void whatWasNotDoneIsFreeForAllAndWhatHasFailedWhenItIsPutBack() throws Exception {
    try (SendJournal one = life();
        SendJournal other = life()) {
      begin(one, "again", 1);
      one.ended(
          new Attempt("again", 0, 1),
          new SendEnd(null, 503, null, Reason.SERVER_ERROR, null, List.of()));
      begin(one, "failed", 1);
      one.ended(
          new Attempt("failed", 0, 1),
          new SendEnd(FAILED, 404, null, Reason.NOT_FOUND, null, List.of()));
      ended(one);

      assertThat(find(other, "again", 1)).isEqualTo(FREE);
      assertThat(begin(other, "again", 1)).isEqualTo(FREE);
      assertThat(begin(one, "again", 2).kind()).as("the other's now").isEqualTo(Kind.BEGUN);
      assertThat(begin(other, "failed", 2).earlier().end().reason()).isEqualTo(Reason.NOT_FOUND);
      assertThat(answer(other.begin(new Attempt("failed", 1, 2)))).isEqualTo(FREE);
      assertThat(answer(one.begin(new Attempt("failed", 1, 2))).kind()).isEqualTo(Kind.BEGUN);
    }
  }

  /** It comes late: the next attempt is begun, by the same life or by another. */
  @Test
  void theEndOfAnAttemptIsNotThatOfTheNext() throws Exception {
    SendEnd again = new SendEnd(null, 503, null, Reason.SERVER_ERROR, null, List.of());
    try (SendJournal one = life();
        SendJournal other = life()) {
      begin(one, "late", 1);
      begin(one, "late", 2);
      one.ended(new Attempt("late", 0, 1), again);
      other.ended(new Attempt("late", 0, 2), again);
      ended(one);
      ended(other);

      assertThat(find(other, "late", 1).kind()).isEqualTo(Kind.BEGUN);
    }
  }

  /** Ends are written down before what is asked later is answered. */
  static void ended(SendJournal journal) throws Exception {
    find(journal, "any", 1);
    find(journal, "any", 1);
  }

  static JournalAnswer begin(SendJournal journal, String id, int number) throws Exception {
    return answer(journal.begin(new Attempt(id, 0, number)));
  }

  static JournalAnswer find(SendJournal journal, String id, int number) throws Exception {
    return answer(journal.find(new Attempt(id, 0, number)));
  }

  static JournalAnswer answer(CompletionStage<JournalAnswer> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
