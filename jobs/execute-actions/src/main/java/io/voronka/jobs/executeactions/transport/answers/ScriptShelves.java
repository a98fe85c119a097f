package io.voronka.jobs.executeactions.transport.answers;

import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.AiResponse;
import io.voronka.schemas.ScriptRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shelves of the agents that were asked last. Not thread-safe. */
final class ScriptShelves {
  private static final int MOST = 200;

  /** By tenant, agent and language. */
  private final Map<String, Kept> shelves =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param scripts all of the agent's, as they were when the shelf was filled
   */
  private record Kept(List<ScriptRow> scripts, ScriptShelf shelf) {}

  /** The agent's scripts that fit what is asked, the best one first. */
  List<ScriptRow> find(AiResponse asked, Means means) {
    String stage = asked.getSubject().getFields().get("status_id");
    return shelf(means, locale(asked.getQuestion())).find(asked.getQuestion(), stage);
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
