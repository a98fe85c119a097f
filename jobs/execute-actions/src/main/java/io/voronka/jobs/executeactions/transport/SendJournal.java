package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.SendEnd;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers what is about to leave and how that ended, for actions that cannot be looked for where
 * they were sent. Each opened one is a life of the job, and of an action only one life has an
 * attempt under way, so that one which was cut off and does not know it sends nothing that another
 * has taken up. No method blocks; a stage fails when the journal cannot be asked.
 */
public interface SendJournal extends AutoCloseable {

  /** Nothing is remembered, so that nothing may leave. */
  SendJournal NONE =
      new SendJournal() {
        @Override
        public CompletionStage<JournalAnswer> begin(Attempt attempt) {
          return CompletableFuture.completedFuture(JournalAnswer.missing());
        }

        @Override
        public CompletionStage<JournalAnswer> find(Attempt attempt) {
          return CompletableFuture.completedFuture(JournalAnswer.missing());
        }

        @Override
        public void ended(Attempt attempt, SendEnd end) {}

        @Override
        public void close() {}
      };

  /**
   * One attempt at an action.
   *
   * @param redelivery of the request, a higher one begins anew what has failed
   * @param number from 1 on; none is used twice for what may have left
   */
  record Attempt(String actionId, int redelivery, int number) {}

  /**
   * Remembers the attempt for good, unless another life has begun one that may have done it. The
   * life's own earlier attempts are no hindrance: it knows of each how it ended.
   */
  CompletionStage<JournalAnswer> begin(Attempt attempt);

  /** Whether any life has begun an attempt that may have done it. */
  CompletionStage<JournalAnswer> find(Attempt attempt);

  /** Remembers how an attempt of this life ended, soon, and perhaps never. */
  void ended(Attempt attempt, SendEnd end);

  @Override
  void close();
}
