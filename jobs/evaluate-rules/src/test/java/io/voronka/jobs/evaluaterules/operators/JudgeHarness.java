package io.voronka.jobs.evaluaterules.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.CrmEvents;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.jobs.kit.testing.ControlledHarness;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** The judging operator on Flink's harness, fed with events and control rows. */
final class JudgeHarness implements AutoCloseable {
  private final ControlledHarness<EncodedEvent, RuleDecided> flink;
  private long offset;

  private JudgeHarness(OperatorSubtaskState state) throws Exception {
    flink =
        ControlledHarness.open(
            new JudgeEvents(
                KafkaSettings.of("127.0.0.1:1", "evaluate-rules"),
                Duration.ofSeconds(1),
                Duration.ofDays(400)),
            EncodedEvent::subject,
            null,
            state);
  }

  static JudgeHarness fresh() throws Exception {
    return new JudgeHarness(null);
  }

  static JudgeHarness restored(OperatorSubtaskState state) throws Exception {
    return new JudgeHarness(state);
  }

  JudgeHarness control(ControlUpdate... updates) throws Exception {
    flink.control(List.of(updates));
    return this;
  }

  JudgeHarness events(CrmEvent... events) throws Exception {
    for (CrmEvent event : events) {
      encoded(
          new EncodedEvent(
              Subject.of(event).key(), CrmEvents.bytes(event), event.getReceivedAt(), 0, offset++));
    }
    return this;
  }

  JudgeHarness encoded(EncodedEvent event) throws Exception {
    flink.input(event, event.recordedAt());
    return this;
  }

  /** Event time as both inputs see it. */
  JudgeHarness time(long millis) throws Exception {
    flink.time(millis);
    return this;
  }

  /** Processing time, epoch milliseconds. */
  JudgeHarness clock(long millis) throws Exception {
    flink.clock(millis);
    return this;
  }

  OperatorSubtaskState snapshot(long id) throws Exception {
    return flink.snapshot(id);
  }

  List<RuleDecided> decided() {
    return flink.output();
  }

  /** Decisions, and marks of the log's time among them. */
  List<Object> output() {
    return flink.outputAndTimes();
  }

  List<ActionRequested> actions() {
    return flink.side(JudgeEvents.ACTIONS);
  }

  List<CommandRequested> commands() {
    return flink.side(JudgeEvents.COMMANDS);
  }

  List<RuleQuarantined> quarantined() {
    return flink.side(JudgeEvents.QUARANTINED);
  }

  List<RecordRejected> rejected() {
    return flink.side(Rejected.TAG);
  }

  List<CappedDecision> capped() {
    return flink.side(JudgeEvents.CAPPED);
  }

  /** Held events and waiting rules: each subject has one timer for each. */
  int timers() {
    return flink.timers();
  }

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
