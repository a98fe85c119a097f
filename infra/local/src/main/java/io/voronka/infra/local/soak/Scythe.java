package io.voronka.infra.local.soak;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.infra.local.stack.LocalStack;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Kills one component after the other, each only after a completed checkpoint. */
final class Scythe {
  private static final Duration RECOVERY = Duration.ofMinutes(3);
  private static final int LATEST_MOMENT_MILLIS = 1_500;

  private final LocalStack stack;
  private final List<String> jobs;
  private final Clock clock;
  private final Random random;
  private final PrintStream out;
  private final List<Kill> kills = new ArrayList<>();

  /**
   * @param jobs that have to complete a checkpoint before each kill
   */
  Scythe(LocalStack stack, List<String> jobs, Clock clock, Random random, PrintStream out) {
    this.stack = stack;
    this.jobs = jobs;
    this.clock = clock;
    this.random = random;
    this.out = out;
  }

  /** In order. */
  List<Kill> kills() {
    return List.copyOf(kills);
  }

  /**
   * Returns when the stack is whole again.
   *
   * @param component of the stack, or a job by name
   * @throws IllegalStateException when it does not become whole
   */
  void kill(String component) {
    long since = clock.millis();
    awaitCheckpoints();
    Polling.pause(Duration.ofMillis(random.nextInt(LATEST_MOMENT_MILLIS)));
    long at = clock.millis();
    if (JobCatalog.NAMES.contains(component)) {
      stack.killJob(component);
    } else {
      int readyBefore = stack.readyCount(component);
      stack.kill(component);
      stack.awaitReady(component, readyBefore + 1);
    }
    if (!stack.awaitWhole(RECOVERY)) {
      throw new IllegalStateException(
          component + " was killed, and after " + RECOVERY + " the stack is still not whole");
    }
    Kill kill = new Kill(component, since, at, clock.millis() - at);
    kills.add(kill);
    out.printf(
        Locale.ROOT,
        "kill %d: %-14s whole again after %5d ms%n",
        kills.size(),
        component,
        kill.recoveryMillis());
    out.flush();
  }

  /** Every job has completed a checkpoint since now. */
  void awaitCheckpoints() {
    stack.flink().awaitNextCheckpoints(jobs.stream().map(this::idOf).toList(), RECOVERY);
  }

  private String idOf(String job) {
    return stack
        .jobId(job)
        .orElseThrow(() -> new IllegalStateException(job + " was not submitted"));
  }
}
