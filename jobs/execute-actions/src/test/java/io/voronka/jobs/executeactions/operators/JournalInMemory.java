package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.transport.SendJournal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One for all lives of a job; may be out of reach. */
final class JournalInMemory implements SendJournal {
  private final Map<String, Set<Integer>> begun = new HashMap<>();
  private boolean away;

  /** Whether it cannot be asked from now on. */
  void away(boolean now) {
    away = now;
  }

  @Override
  public CompletionStage<Boolean> begin(String actionId, int attempt) {
    return away
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(
            begun.computeIfAbsent(actionId, id -> new HashSet<>()).add(attempt));
  }

  @Override
  public CompletionStage<Boolean> begun(String actionId, int attempt) {
    return away
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(
            begun.getOrDefault(actionId, Set.of()).stream().anyMatch(known -> known >= attempt));
  }

  @Override
  public void close() {}
}
