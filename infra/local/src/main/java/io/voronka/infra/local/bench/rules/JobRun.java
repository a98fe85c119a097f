package io.voronka.infra.local.bench.rules;

import io.voronka.infra.local.bench.CpuClock;
import io.voronka.infra.local.bench.TopicBook;
import io.voronka.infra.local.flink.CheckpointFigures;
import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.flink.JobSubmission;
import io.voronka.infra.local.process.Polling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets one job work off the backlog and looks at its output topics meanwhile. Each submission
 * brings the job's own classes anew, and for tens of seconds the JVM is busy compiling them: that
 * half of the run is its warm-up, and is not measured.
 */
final class JobRun {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration CHECKPOINT_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final double FROM = 0.5;
  private static final double UNTIL = 0.9;

  private final FlinkCluster flink;
  private final TopicBook book;
  private final CpuClock cpu;
  private final Path jar;
  private final int parallelism;

  JobRun(FlinkCluster flink, TopicBook book, CpuClock cpu, Path jar, int parallelism) {
    this.flink = flink;
    this.book = book;
    this.cpu = cpu;
    this.jar = jar;
    this.parallelism = parallelism;
  }

  /**
   * How fast it went.
   *
   * @param cpuPerEvent processor microseconds, by process
   */
  record Figures(double eventsPerSecond, Map<String, Double> cpuPerEvent) {}

  private record Look(long written, long nanos, Map<String, Long> cpu) {}

  /**
   * Runs a job until its output is complete and checkpointed, then cancels it. The figures are
   * those between the half and nine tenths of the output.
   *
   * @param decided records that it must write, one per event
   * @param problems gets what does not add up
   * @throws IllegalStateException when its output stops growing before it is complete
   */
  Figures run(MeasuredJob job, long decided, List<String> problems) {
    long decidedBefore = book.written(job.decidedTopic());
    long actionsBefore = book.written(job.actionsTopic());
    String id = submit(job);
    Look first = await(job, id, decidedBefore, Math.round(decided * FROM));
    Look last = await(job, id, decidedBefore, Math.round(decided * UNTIL));
    await(job, id, decidedBefore, decided);
    finish(job, id, decidedBefore, actionsBefore, decided, problems);
    return between(first, last);
  }

  /**
   * Runs one job as {@link #run} does, and does something to it before each of several equal parts
   * of its output; a further part before the first one and one behind the last are not measured.
   *
   * @return the figures of each part
   */
  List<Figures> runInParts(
      MeasuredJob job, long decided, List<Runnable> before, List<String> problems) {
    long decidedBefore = book.written(job.decidedTopic());
    long actionsBefore = book.written(job.actionsTopic());
    long part = decided / (before.size() + 2);
    String id = submit(job);
    List<Figures> figures = new ArrayList<>();
    Look last = await(job, id, decidedBefore, part);
    for (int i = 0; i < before.size(); i++) {
      before.get(i).run();
      Look now = await(job, id, decidedBefore, part * (i + 2));
      figures.add(between(last, now));
      last = now;
    }
    await(job, id, decidedBefore, decided);
    finish(job, id, decidedBefore, actionsBefore, decided, problems);
    return figures;
  }

  private String submit(MeasuredJob job) {
    String id =
        flink.submit(
            new JobSubmission(
                jar, job.mainClass(), job.arguments(), parallelism, Optional.empty(), Map.of()));
    flink.awaitRunning(id, START_LIMIT);
    return id;
  }

  private void finish(
      MeasuredJob job,
      String id,
      long decidedBefore,
      long actionsBefore,
      long decided,
      List<String> problems) {
    CheckpointFigures checkpoints = flink.checkpoints(id);
    // What a sink still holds is on its topic once the next checkpoint is complete.
    flink.awaitCheckpoint(id, checkpoints.latestId(), CHECKPOINT_LIMIT);
    flink.cancel(id, STOP_LIMIT);
    check(job, job.decidedTopic(), decidedBefore, decided, decided, problems);
    check(job, job.actionsTopic(), actionsBefore, job.leastActions(), job.mostActions(), problems);
    if (checkpoints.completed() == 0) {
      problems.add(job.name() + " completed no checkpoint while it was measured");
    }
    if (checkpoints.restored() > 0) {
      problems.add(job.name() + " failed and was restarted while it was measured");
    }
  }

  private static Figures between(Look first, Look last) {
    double events = last.written() - first.written();
    return new Figures(
        events / ((last.nanos() - first.nanos()) / 1e9),
        CpuClock.perUnit(first.cpu(), last.cpu(), events));
  }

  private Look await(MeasuredJob job, String id, long before, long count) {
    long seen = -1;
    long seenAt = System.nanoTime();
    while (true) {
      long written = book.written(job.decidedTopic()) - before;
      long now = System.nanoTime();
      if (written >= count) {
        return new Look(written, now, cpu.read());
      }
      if (written > seen) {
        seen = written;
        seenAt = now;
      } else if (now - seenAt > STANDSTILL_NANOS) {
        throw new IllegalStateException(
            "%s stands still at %d of %d records: %s"
                .formatted(
                    job.name(), written, count, flink.rootCause(id).orElse("no failure known")));
      }
      Polling.pause(LOOK_EVERY);
    }
  }

  private void check(
      MeasuredJob job, String topic, long before, long least, long most, List<String> problems) {
    long written = book.written(topic) - before;
    if (written < least || written > most) {
      problems.add(
          "%s wrote %d records to %s where it should write %s"
              .formatted(job.name(), written, topic, least == most ? most : least + " to " + most));
    }
  }
}
