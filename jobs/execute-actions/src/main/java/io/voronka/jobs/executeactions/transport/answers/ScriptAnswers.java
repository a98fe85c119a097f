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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final int SHELVES = 200;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(new DaemonThreads("script-answers-"));

  /** Those used last, by tenant, agent and language; only the one thread looks at them. */
  private final Map<String, Kept> shelves =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > SHELVES;
        }
      };

  /**
   * @param scripts all of the agent's, as they were when the shelf was filled
   */
  private record Kept(List<ScriptRow> scripts, ScriptShelf shelf) {}

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
    String locale = locale(asked.getQuestion());
    String stage = asked.getSubject().getFields().get("status_id");
    List<String> unfillable = new ArrayList<>();
    for (ScriptRow script : shelf(means, locale).find(asked.getQuestion(), stage)) {
      try {
        String text =
            Text.parse(script.getBody(), unfillable::add).fill(KnownFacts.of(request, means));
        return Answer.of(text, List.of(script.getScriptId()));
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

  private ScriptShelf shelf(Means means, String locale) {
    String key = means.agent().getTenantId() + '|' + means.agent().getAgentId() + '|' + locale;
    Kept kept = shelves.get(key);
    if (kept == null || !kept.scripts().equals(means.scripts())) {
      List<ScriptRow> inLanguage =
          means.scripts().stream().filter(script -> script.getLocale().equals(locale)).toList();
      kept = new Kept(means.scripts(), ScriptShelf.of(inLanguage, locale));
      shelves.put(key, kept);
    }
    return kept.shelf();
  }

  /** A question with a Cyrillic letter in it is a Russian one. */
  private static String locale(String question) {
    boolean cyrillic =
        question
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.CYRILLIC);
    return cyrillic ? "ru" : "en";
  }
}
