package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.Latency;
import java.util.BitSet;
import java.util.List;

/**
 * How late a wave's moments were, from when they were due, or from when the job ran, to when the
 * broker had their records, which it stamps itself.
 *
 * @param ms of each moment's first record
 * @param repeated records of moments that had been told before
 */
record Lateness(Latency ms, long repeated) {

  /**
   * @param told the moments, in any order
   * @param running since when the job runs, epoch milliseconds
   * @param problems gets what does not add up
   * @return one per wave
   */
  static List<Lateness> of(List<Told> told, List<Wave> waves, long running, List<String> problems) {
    List<Count> counts = waves.stream().map(Count::new).toList();
    long strangers =
        told.stream()
            .filter(one -> counts.stream().noneMatch(count -> count.take(one, running)))
            .count();
    if (strangers > 0) {
      problems.add(strangers + " moments were told that were not due");
    }
    return counts.stream().map(count -> count.sum(problems)).toList();
  }

  /**
   * A moment on its topic.
   *
   * @param dueAt epoch milliseconds
   * @param toldAt when the broker had it, epoch milliseconds
   */
  record Told(int lead, long dueAt, long toldAt) {}

  private static final class Count {
    private final Wave wave;
    private final long[] late;
    private final BitSet told;
    private long repeated;

    Count(Wave wave) {
      this.wave = wave;
      this.late = new long[wave.size()];
      this.told = new BitSet(wave.size());
    }

    /** False when it is no moment of this wave. */
    boolean take(Told one, long running) {
      if (!wave.has(one.lead()) || one.dueAt() != wave.due(one.lead())) {
        return false;
      }
      int place = one.lead() - wave.first();
      long lateMs = Math.max(0, one.toldAt() - Math.max(one.dueAt(), running));
      if (told.get(place)) {
        repeated++;
        late[place] = Math.min(late[place], lateMs);
      } else {
        told.set(place);
        late[place] = lateMs;
      }
      return true;
    }

    Lateness sum(List<String> problems) {
      long[] sorted = told.stream().mapToLong(place -> late[place]).sorted().toArray();
      if (sorted.length < wave.size()) {
        problems.add(
            "wave %s: %d of %d moments were told"
                .formatted(wave.name(), sorted.length, wave.size()));
      }
      if (sorted.length == 0) {
        throw new IllegalStateException("no moment of wave %s was told".formatted(wave.name()));
      }
      int last = sorted.length - 1;
      return new Lateness(
          new Latency(sorted[last / 2], sorted[(int) Math.ceil(last * 0.99)], sorted[last]),
          repeated);
    }
  }
}
