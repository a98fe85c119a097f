package io.voronka.jobs.executeactions.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers what is about to leave, for actions that cannot be looked for where they were sent. An
 * attempt is begun by one life of the job only, so that one which was cut off and does not know it
 * sends nothing that another has taken up. No method blocks; a stage fails when the journal cannot
 * be asked.
 */
public interface SendJournal extends AutoCloseable {

  /** Nothing is remembered: whatever may have left stays unknown. */
  SendJournal NONE =
      new SendJournal() {
        @Override
        public CompletionStage<Boolean> begin(String actionId, int attempt) {
          return CompletableFuture.completedFuture(true);
        }

        @Override
        public CompletionStage<Boolean> begun(String actionId, int attempt) {
          return CompletableFuture.completedFuture(true);
        }

        @Override
        public void close() {}
      };

  /**
   * Remembers the attempt for good. False when another life of the job has begun it.
   *
   * @param attempt from 1 on
   */
  CompletionStage<Boolean> begin(String actionId, int attempt);

  /** Whether this attempt or a later one was begun. */
  CompletionStage<Boolean> begun(String actionId, int attempt);

  @Override
  void close();
}
