package io.voronka.jobs.drivesequences.operators;

import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.Succession.Fate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of those who were inside when a version was published. */
final class Fates {
  private Fates() {}

  /**
   * @param told by the job because of it
   * @param inside how many there were; of those who simply go on nothing is told
   */
  static Map<Fate, Integer> of(List<SequenceProgressed> told, int inside) {
    Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    for (Fate fate : Fate.values()) {
      fates.put(fate, 0);
    }
    for (SequenceProgressed one : told) {
      switch (one.getKind()) {
        case MOVED -> fates.merge(Fate.MOVES, 1, Integer::sum);
        case RESTARTED -> fates.merge(Fate.RESTARTS, 1, Integer::sum);
        case EXITED ->
            fates.merge(Fate.LEAVES, "stopped".equals(one.getReason()) ? 1 : 0, Integer::sum);
        default -> {}
      }
    }
    fates.put(Fate.FINISHES, inside - fates.values().stream().mapToInt(count -> count).sum());
    return fates;
  }
}
