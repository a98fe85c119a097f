package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.PendingAction;
import io.voronka.jobs.executeactions.domain.SendEnd;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.domain.Step;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.jobs.executeactions.transport.SendJournal;
import io.voronka.jobs.executeactions.transport.SendJournal.Attempt;
import io.voronka.schemas.ActionRequested;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.flink.util.function.ThrowingConsumer;

/** What cannot be looked for afterwards leaves when the journal of sends has taken its attempt. */
final class JournaledSends {
  private final SendJournal journal;
  private final Calls calls;

  JournaledSends(SendJournal journal, Calls calls) {
    this.journal = journal;
    this.calls = calls;
  }

  /**
   * @param take is given the one result
   * @param notBegun is told why it did not leave
   */
  void send(
      PendingAction action,
      ActionRequested request,
      Means means,
      ThrowingConsumer<List<SendResult>, Exception> take,
      ThrowingConsumer<JournalAnswer, Exception> notBegun) {
    orAway(journal.begin(attempt(action, request)))
        .thenAccept(
            answer -> {
              if (answer.kind() == JournalAnswer.Kind.FREE) {
                calls.send(List.of(request), means, take);
              } else {
                calls.hand(() -> notBegun.accept(answer));
              }
            });
  }

  /** Whether an earlier life of the job has begun what may have done it. */
  void ask(
      PendingAction action,
      ActionRequested request,
      ThrowingConsumer<JournalAnswer, Exception> take) {
    int first = action.progress().perhapsBegun();
    orAway(journal.find(new Attempt(action.id(), request.getRedelivery(), first)))
        .thenAccept(answer -> calls.hand(() -> take.accept(answer)));
  }

  /** How an attempt ended that has been answered. */
  void answered(Step step, ActionRequested request) {
    Optional<SendEnd> end = step.action().journaled() ? SendEnd.of(step) : Optional.empty();
    end.ifPresent(known -> journal.ended(attempt(step.action(), request), known));
  }

  private static Attempt attempt(PendingAction action, ActionRequested request) {
    return new Attempt(action.id(), request.getRedelivery(), action.progress().attempts());
  }

  private static CompletionStage<JournalAnswer> orAway(CompletionStage<JournalAnswer> answer) {
    return answer.exceptionally(error -> JournalAnswer.away());
  }
}
