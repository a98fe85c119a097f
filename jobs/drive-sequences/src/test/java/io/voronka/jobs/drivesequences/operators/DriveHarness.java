package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.drivesequences.Records;
import io.voronka.jobs.drivesequences.operators.SubjectInput.Kind;
import io.voronka.jobs.kit.Rejected;
import io.voronka.jobs.kit.testing.ControlledHarness;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;

/** The driving operator on Flink's harness. */
final class DriveHarness implements AutoCloseable {
  private final ControlledHarness<SubjectInput, SequenceProgressed> flink;
  private long offset;

  private DriveHarness(StateBackend backend, OperatorSubtaskState state) throws Exception {
    flink =
        ControlledHarness.open(
            new DriveSequences(
                KafkaSettings.of("127.0.0.1:1", "drive-sequences"),
                Duration.ofSeconds(1),
                Duration.ofDays(400)),
            SubjectInput::subject,
            backend,
            state);
  }

  static DriveHarness fresh() throws Exception {
    return new DriveHarness(null, null);
  }

  static DriveHarness on(StateBackend backend) throws Exception {
    return new DriveHarness(backend, null);
  }

  static DriveHarness restored(OperatorSubtaskState state) throws Exception {
    return new DriveHarness(null, state);
  }

  static DriveHarness restored(StateBackend backend, OperatorSubtaskState state) throws Exception {
    return new DriveHarness(backend, state);
  }

  DriveHarness control(List<ControlUpdate> updates) throws Exception {
    flink.control(updates);
    return this;
  }

  DriveHarness event(CrmEvent event) throws Exception {
    String key = Subject.of(event).key();
    return input(Kind.EVENT, key, Records.bytes(event), event.getReceivedAt());
  }

  DriveHarness outcome(ActionCompleted outcome) throws Exception {
    String key = Subject.of(outcome).key();
    return input(Kind.OUTCOME, key, Records.bytes(outcome), outcome.getCompletedAt());
  }

  DriveHarness command(CommandRequested command) throws Exception {
    String key = Subject.of(command).key();
    return input(Kind.COMMAND, key, Records.bytes(command), command.getRequestedAt());
  }

  DriveHarness request(ActionRequested request) throws Exception {
    String key = Subject.of(request).key();
    return input(Kind.REQUEST, key, Records.bytes(request), request.getFiredAt());
  }

  DriveHarness input(Kind kind, String subject, byte[] value, long at) throws Exception {
    return input(new SubjectInput(kind, subject, value, at, 0, offset++));
  }

  DriveHarness input(SubjectInput input) throws Exception {
    flink.input(input, input.recordedAt());
    return this;
  }

  /** This machine's clock. */
  DriveHarness clock(long millis) throws Exception {
    flink.clock(millis);
    return this;
  }

  /** Event time as both inputs see it. */
  DriveHarness time(long millis) throws Exception {
    flink.time(millis);
    return this;
  }

  OperatorSubtaskState snapshot(long id) throws Exception {
    return flink.snapshot(id);
  }

  List<SequenceProgressed> progress() {
    return flink.output();
  }

  /** Kinds with step and reason: {@code entered(hello), exited(day):exit}. */
  List<String> told() {
    List<String> told = new ArrayList<>();
    for (SequenceProgressed one : progress()) {
      told.add(
          one.getKind().name().toLowerCase(Locale.ROOT)
              + (one.getStepId() == null ? "" : "(" + one.getStepId() + ")")
              + (one.getReason() == null ? "" : ":" + one.getReason()));
    }
    return told;
  }

  List<ActionRequested> actions() {
    return flink.side(DriveSequences.ACTIONS);
  }

  List<CommandRequested> withdrawals() {
    return flink.side(DriveSequences.WITHDRAWALS);
  }

  /** What came out since it was last taken. */
  Taken take() {
    return new Taken(
        flink.takeOutput(),
        flink.take(DriveSequences.ACTIONS),
        flink.take(DriveSequences.WITHDRAWALS));
  }

  /** What came out. */
  record Taken(
      List<SequenceProgressed> progress,
      List<ActionRequested> actions,
      List<CommandRequested> withdrawals) {}

  List<RecordRejected> rejected() {
    return flink.side(Rejected.TAG);
  }

  int timers() {
    return flink.timers();
  }

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
