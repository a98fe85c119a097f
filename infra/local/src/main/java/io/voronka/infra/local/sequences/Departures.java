package io.voronka.infra.local.sequences;

import io.voronka.infra.local.topics.TopicReader;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.Topics;
import io.voronka.sequences.explain.HistoryText;
import io.voronka.sequences.history.Standing;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** When the actions will leave that runs wait for, as far as the executor has told. */
public final class Departures {
  private final Map<String, ActionQueued> byAction;

  private Departures(Map<String, ActionQueued> byAction) {
    this.byAction = byAction;
  }

  /** Of these runs; actions.queued is read only when one of them waits for an outcome. */
  public static Departures of(String bootstrapServers, Collection<Standing> standings) {
    Set<String> asked = new HashSet<>();
    standings.stream()
        .filter(one -> one.state() == Standing.State.ASKED)
        .map(one -> one.placed().getActionId())
        .filter(id -> id != null)
        .forEach(asked::add);
    Map<String, ActionQueued> newest = new HashMap<>();
    if (!asked.isEmpty()) {
      try (TopicReader<ActionQueued> reader =
          TopicReader.fromStart(bootstrapServers, Topics.ACTIONS_QUEUED, ActionQueued.class)) {
        reader.readToEnd(
            entry -> {
              ActionQueued told = entry.value();
              if (asked.contains(told.getActionId())) {
                newest.merge(
                    told.getActionId(),
                    told,
                    (one, other) -> one.getToldAt() > other.getToldAt() ? one : other);
              }
            });
      }
    }
    return new Departures(newest);
  }

  /** Epoch milliseconds; empty: nothing was told. */
  public OptionalLong at(Standing standing) {
    String action = standing.placed().getActionId();
    boolean told = standing.state() == Standing.State.ASKED && byAction.containsKey(action);
    return told ? OptionalLong.of(byAction.get(action).getExpectedAt()) : OptionalLong.empty();
  }

  /** To be said after where a run stands; empty: nothing was told. */
  public String words(Standing standing, HistoryText text, Language language) {
    OptionalLong at = at(standing);
    if (at.isEmpty()) {
      return "";
    }
    String time = text.time(at.getAsLong());
    return language == Language.EN
        ? "; waits for its turn and is expected to leave at " + time
        : "; ждёт очереди, уйдёт примерно в " + time;
  }
}
