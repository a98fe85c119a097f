package io.voronka.jobs.executeactions.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Which actions wait for which checkpoint to remember that they are about to be sent. */
final class CheckpointMarks {
  private final TreeMap<Long, List<Mark>> byCheckpoint = new TreeMap<>();
  private List<Mark> fresh = new ArrayList<>();

  record Mark(String key, String actionId) {}

  void add(String key, String actionId) {
    fresh.add(new Mark(key, actionId));
  }

  /** The state that is being written now holds every mark made so far. */
  void written(long checkpointId) {
    if (!fresh.isEmpty()) {
      byCheckpoint.put(checkpointId, fresh);
      fresh = new ArrayList<>();
    }
  }

  /** The marks that are safe now; a later checkpoint covers what an aborted one has written. */
  List<Mark> completed(long checkpointId) {
    List<Mark> safe = new ArrayList<>();
    var covered = byCheckpoint.headMap(checkpointId, true);
    covered.values().forEach(safe::addAll);
    covered.clear();
    return safe;
  }
}
