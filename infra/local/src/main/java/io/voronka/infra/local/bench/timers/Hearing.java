package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.CpuClock;
import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.infra.local.process.Polling;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hears waves as they are told: how late, and what it cost. Belongs to one thread. */
final class Hearing {
  private static final Duration MOMENTS_LIMIT = Duration.ofMinutes(3);

  private final MomentReader moments;
  private final CpuClock processors;
  private final Clock clock;
  private final List<String> notes;
  private final List<String> problems;

  /**
   * @param processors of what has to do with it
   * @param notes gets what is worth knowing
   * @param problems gets what does not add up
   */
  Hearing(
      MomentReader moments,
      CpuClock processors,
      Clock clock,
      List<String> notes,
      List<String> problems) {
    this.moments = moments;
    this.processors = processors;
    this.clock = clock;
    this.notes = notes;
    this.problems = problems;
  }

  /**
   * A wave that was told.
   *
   * @param cpuUs processor microseconds for each of its moments, by process, all that was done from
   *     when the first was due until the last was told; empty when it is not known
   */
  record Heard(Wave wave, Lateness late, Map<String, Double> cpuUs) {}

  /** What was told already is not heard. */
  void skip() {
    moments.skip();
  }

  /**
   * Waits until each of these waves is told, one after the other; some are told twice after a
   * failure.
   *
   * @param running since when the job runs after it was restored, epoch milliseconds; otherwise 0
   */
  List<Heard> hear(List<Wave> waves, long running) {
    List<Map<String, Double>> costs = new ArrayList<>();
    long expected = 0;
    for (Wave wave : waves) {
      expected += wave.size();
      costs.add(moments.areCounted() ? cost(wave, expected) : Map.of());
    }
    // Only now: it costs the broker and a processor that the job needs.
    List<Told> told = moments.read(expected, limit(waves.get(waves.size() - 1)));
    if (running > 0) {
      told.stream()
          .mapToLong(Told::toldAt)
          .min()
          .ifPresent(
              first ->
                  notes.add(
                      "the first moment was told %,d ms after the restored job ran"
                          .formatted(first - running)));
    }
    List<Lateness> late = Lateness.of(told, waves, running, problems);
    List<Heard> heard = new ArrayList<>();
    for (int i = 0; i < waves.size(); i++) {
      heard.add(new Heard(waves.get(i), late.get(i), costs.get(i)));
    }
    return heard;
  }

  /**
   * @param expected moments up to the end of this wave
   */
  private Map<String, Double> cost(Wave wave, long expected) {
    awaitTime(wave.due() - MomentReader.LOOK_EVERY.toMillis());
    Map<String, Long> before = processors.read();
    moments.await(expected, limit(wave));
    return CpuClock.perUnit(before, processors.read(), wave.size());
  }

  private Duration limit(Wave wave) {
    return Duration.ofMillis(Math.max(0, wave.ends() - clock.millis())).plus(MOMENTS_LIMIT);
  }

  /** Waits until then, epoch milliseconds, or a little longer. */
  void awaitTime(long at) {
    while (clock.millis() < at) {
      Polling.pause(MomentReader.LOOK_EVERY);
    }
  }
}
