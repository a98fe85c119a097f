package io.voronka.infra.local.bench.timers;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** When waves are due, going by how long it takes to arm them. Belongs to one thread. */
final class Timetable {
  /** A wave is due so much later than it should be armed, going by how fast the last one was. */
  private static final Duration ROOM = Duration.ofSeconds(30);

  private static final double TIMES_SLOWER = 2.5;

  /** And a tenth of a millisecond for each of a wave. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);

  private final TimersBenchSettings settings;
  private final Clock clock;

  /** What it took to arm one timer of the last large wave: a job just started is slower. */
  private double armingMillis;

  Timetable(TimersBenchSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A wave is armed.
   *
   * @param began when, epoch milliseconds
   */
  void armed(Wave wave, long began) {
    armingMillis = (double) (clock.millis() - began) / wave.size();
  }

  /** Timers a second. */
  double armedPerSecond() {
    return 1_000 / armingMillis;
  }

  /** A whole second so far ahead, epoch milliseconds. */
  long in(Duration ahead) {
    return (clock.millis() + ahead.toMillis()) / 1_000 * 1_000;
  }

  /** A whole second by which so many timers are armed, epoch milliseconds. */
  long whenArmed(int timers) {
    return in(ROOM.plusMillis(Math.round(TIMES_SLOWER * timers * armingMillis)));
  }

  /**
   * A wave of the usual size.
   *
   * @param first lead
   */
  Wave wave(String name, int first, long due) {
    return Wave.atSeconds(name, first, settings.atOnce(), due, settings.duePerSecond());
  }

  /** A wave, and as many that are due evenly over one second, after it has been told. */
  List<Wave> waves(String name, int first, long due) {
    Wave one = wave(name, first, due);
    if (!settings.spread()) {
      return List.of(one);
    }
    long told = (one.ends() + TOLD_WITHIN.toMillis() + one.size() / 10) / 1_000 * 1_000;
    return List.of(one, Wave.overOneSecond(name + "-spread", one.next(), one.size(), told));
  }

  /** How late it is for a wave, milliseconds; negative while it is not yet due. */
  long late(Wave wave) {
    return clock.millis() - wave.due();
  }
}
