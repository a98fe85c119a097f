package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.drivesequences.Records;
import io.voronka.jobs.drivesequences.operators.SubjectInput.Kind;
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
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The driving operator on Flink's harness. */
final class DriveHarness implements AutoCloseable {
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, SubjectInput, ControlUpdate, SequenceProgressed>
      harness;
  private long offset;

  private DriveHarness(OperatorSubtaskState state) throws Exception {
    DriveSequences operator =
        new DriveSequences(
            KafkaSettings.of("127.0.0.1:1", "drive-sequences"),
            Duration.ofSeconds(1),
            Duration.ofDays(400));
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, SubjectInput::subject, null, Types.STRING, 720, 1, 0);
    operator.setMailboxExecutor(
        new MailboxExecutorImpl(
            harness.getTaskMailbox(),
            TaskMailbox.MIN_PRIORITY,
            StreamTaskActionExecutor.IMMEDIATE));
    harness.setup();
    if (state == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(state);
    }
    harness.open();
  }

  static DriveHarness fresh() throws Exception {
    return new DriveHarness(null);
  }

  static DriveHarness restored(OperatorSubtaskState state) throws Exception {
    return new DriveHarness(state);
  }

  DriveHarness control(List<ControlUpdate> updates) throws Exception {
    for (ControlUpdate update : updates) {
      harness.processElement2(new StreamRecord<>(update));
    }
    return this;
  }

  DriveHarness event(CrmEvent event) throws Exception {
    String key = Subject.of(event).key();
    return input(Kind.EVENT, key, Records.bytes(event), event.getReceivedAt());
  }

  DriveHarness outcome(ActionCompleted outcome) throws Exception {
    String key = RouteInputs.subject(outcome);
    return input(Kind.OUTCOME, key, Records.bytes(outcome), outcome.getCompletedAt());
  }

  DriveHarness command(CommandRequested command) throws Exception {
    String key = Subject.of(command).key();
    return input(Kind.COMMAND, key, Records.bytes(command), command.getRequestedAt());
  }

  DriveHarness input(Kind kind, String subject, byte[] value, long at) throws Exception {
    SubjectInput input = new SubjectInput(kind, subject, value, at, 0, offset++);
    harness.processElement1(new StreamRecord<>(input, at));
    return this;
  }

  /** Event time as both inputs see it. */
  DriveHarness time(long millis) throws Exception {
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    harness.processWatermark1(new Watermark(millis));
    TaskMailbox mailbox = harness.getTaskMailbox();
    var next = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
    while (next.isPresent()) {
      next.get().run();
      next = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
    }
    return this;
  }

  OperatorSubtaskState snapshot(long id) throws Exception {
    return harness.snapshot(id, id);
  }

  List<SequenceProgressed> progress() {
    return harness.extractOutputValues();
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
    return side(DriveSequences.ACTIONS);
  }

  List<CommandRequested> withdrawals() {
    return side(DriveSequences.WITHDRAWALS);
  }

  List<RecordRejected> rejected() {
    return side(Rejected.TAG);
  }

  int timers() {
    return harness.numEventTimeTimers();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  private <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> queue = harness.getSideOutput(tag);
    return queue == null ? List.of() : queue.stream().map(StreamRecord::getValue).toList();
  }
}
