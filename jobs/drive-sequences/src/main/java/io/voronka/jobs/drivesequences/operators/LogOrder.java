package io.voronka.jobs.drivesequences.operators;

import io.voronka.jobs.drivesequences.domain.Orders;
import io.voronka.jobs.kit.ControlGate;
import io.voronka.jobs.kit.Held;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Hands inputs to the driver in the order of the log. Events bring its time with them. Outcomes and
 * commands stand in topics of their own, and a job that was away has soon read what they tell of
 * the hours in which it was, when it has yet to read the events of those hours. They wait for them:
 * or a step would be taken past a reply that is there and not read.
 */
final class LogOrder {
  /** What a rule asks for has the time of the event that it is about, and comes behind it. */
  static final Comparator<Held<SubjectInput>> OF_HELD =
      Comparator.<Held<SubjectInput>>comparingLong(Held::timestamp)
          .thenComparing(held -> held.event().kind());

  /** So far the log's time is behind all clocks when nothing is late, and much more. */
  static final long AT_ONCE_MILLIS = Duration.ofSeconds(2).toMillis();

  /** Topics are kept no longer: no job comes later. */
  private static final long MOST_MILLIS = Duration.ofDays(30).toMillis();

  private final InputReader reader;
  private final ControlGate<SubjectInput> gate;
  private final TimerService timers;
  private final ProcessingTimeService clock;
  private final SubjectDriver driver;
  private final DriveMetrics counts;

  LogOrder(
      InputReader reader,
      ControlGate<SubjectInput> gate,
      TimerService timers,
      ProcessingTimeService clock,
      SubjectDriver driver,
      DriveMetrics counts) {
    this.reader = reader;
    this.gate = gate;
    this.timers = timers;
    this.clock = clock;
    this.driver = driver;
    this.counts = counts;
  }

  /**
   * Drives the current key's subject, or lets the input wait.
   *
   * @param watermark the log's time, epoch milliseconds; below zero when it is unknown
   */
  void take(SubjectInput input, long watermark) throws Exception {
    switch (input.kind()) {
      case EVENT -> event(input);
      case OUTCOME -> outcome(input, watermark);
      case COMMAND -> command(input, watermark);
      case REQUEST -> request(input, watermark);
    }
  }

  private void event(SubjectInput input) throws Exception {
    if (!driver.concerns(input.subject())) {
      counts.passedOver();
      return;
    }
    CrmEvent event = reader.event(input);
    if (event != null) {
      driver.event(event, input.recordedAt());
    }
  }

  private void outcome(SubjectInput input, long watermark) throws Exception {
    if (waits(input, input.recordedAt(), watermark, AT_ONCE_MILLIS)) {
      return;
    }
    ActionCompleted outcome = reader.outcome(input);
    if (outcome != null) {
      driver.outcome(outcome, input.subject(), input.recordedAt(), logTime(input, watermark));
    }
  }

  private void command(SubjectInput input, long watermark) throws Exception {
    CommandRequested command = reader.command(input);
    if (command == null) {
      return;
    }
    long slack = Orders.byRule(command) ? slack() : AT_ONCE_MILLIS;
    if (!Orders.ofItsTime(command) || !waits(input, command.getRequestedAt(), watermark, slack)) {
      driver.command(command, logTime(input, watermark));
    }
  }

  private void request(SubjectInput input, long watermark) throws Exception {
    if (!driver.concerns(input.subject())) {
      counts.passedOver();
      return;
    }
    ActionRequested request = reader.request(input);
    if (request != null && !waits(input, request.getFiredAt(), watermark, slack())) {
      driver.request(request, logTime(input, watermark));
    }
  }

  /** Whether the event that a rule asks because of tells of our own write is known behind it. */
  private long slack() throws IOException {
    return driver.expectsEchoes() ? 0 : AT_ONCE_MILLIS;
  }

  /**
   * @param at when it happened, epoch milliseconds; not believed when it has not come yet by this
   *     machine's clock
   * @param slack how far ahead of the log it is taken all the same, milliseconds
   */
  private boolean waits(SubjectInput input, long at, long watermark, long slack) throws Exception {
    boolean ahead = watermark < at - slack;
    if (!ahead
        || (watermark > 0 && at - watermark > MOST_MILLIS)
        || at > clock.getCurrentProcessingTime() + AT_ONCE_MILLIS) {
      return false;
    }
    gate.hold(input, at, input.subject(), timers);
    return true;
  }

  /** As far as it has come. */
  private static long logTime(SubjectInput input, long watermark) {
    return watermark > 0 && watermark < Long.MAX_VALUE ? watermark : input.recordedAt();
  }
}
