package io.voronka.jobs.evaluaterules.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.CrmEvents;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.util.List;
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

/** The judging operator on Flink's harness, fed with events and control rows. */
final class JudgeHarness implements AutoCloseable {
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, EncodedEvent, ControlUpdate, RuleDecided>
      harness;
  private long offset;

  private JudgeHarness(OperatorSubtaskState state) throws Exception {
    JudgeEvents operator =
        new JudgeEvents(
            KafkaSettings.of("127.0.0.1:1", "evaluate-rules"),
            Duration.ofSeconds(1),
            Duration.ofDays(400));
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, EncodedEvent::subject, null, Types.STRING, 720, 1, 0);
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

  static JudgeHarness fresh() throws Exception {
    return new JudgeHarness(null);
  }

  static JudgeHarness restored(OperatorSubtaskState state) throws Exception {
    return new JudgeHarness(state);
  }

  JudgeHarness control(ControlUpdate... updates) throws Exception {
    for (ControlUpdate update : updates) {
      harness.processElement2(new StreamRecord<>(update));
    }
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
    harness.processElement1(new StreamRecord<>(event, event.recordedAt()));
    return this;
  }

  /** Event time as both inputs see it. */
  JudgeHarness time(long millis) throws Exception {
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

  List<RuleDecided> decided() {
    return harness.extractOutputValues();
  }

  List<ActionRequested> actions() {
    return side(JudgeEvents.ACTIONS);
  }

  List<CommandRequested> commands() {
    return side(JudgeEvents.COMMANDS);
  }

  List<RuleQuarantined> quarantined() {
    return side(JudgeEvents.QUARANTINED);
  }

  List<RecordRejected> rejected() {
    return side(Rejected.TAG);
  }

  List<CappedDecision> capped() {
    return side(JudgeEvents.CAPPED);
  }

  /** Held events and waiting rules: each subject has one timer for each. */
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
