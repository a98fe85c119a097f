package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.jobs.executeactions.domain.Reason;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.transport.DaemonThreads;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.rules.domain.text.Text;
import io.voronka.rules.domain.text.UnfillableTextException;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AiResponse;
import io.voronka.schemas.ScriptRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Answers with the agent's script that fits best and whose text can be filled with what is known.
 * Needs no model and no network.
 */
final class ScriptAnswers implements Answers {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DaemonThreads("script-answers-"));

  /** Only the one thread looks at them. */
  private final ScriptShelves shelves = new ScriptShelves();

  @Override
  public CompletionStage<Answer> answer(ActionRequested request, Means means) {
    try {
      return CompletableFuture.supplyAsync(() -> found(request, means), thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          Answer.none(SendResult.notDone(null, 0, Reason.CONNECTION_REFUSED, "closed")));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private Answer found(ActionRequested request, Means means) {
    AiResponse asked = request.getAiResponse();
    List<String> unfillable = new ArrayList<>();
    for (ScriptRow script : shelves.find(asked, means)) {
      try {
        String text =
            Text.parse(script.getBody(), unfillable::add).fill(KnownFacts.of(request, means));
        return Answer.of(text, List.of(script.getScriptId()), null);
      } catch (UnfillableTextException e) {
        unfillable.add(script.getScriptId() + " needs " + e.expected());
      }
    }
    return Answer.none(
        SendResult.denied(
            null,
            Reason.NO_SCRIPT_FITS,
            unfillable.isEmpty()
                ? "of " + means.scripts().size() + " scripts"
                : String.join("; ", unfillable)));
  }
}
