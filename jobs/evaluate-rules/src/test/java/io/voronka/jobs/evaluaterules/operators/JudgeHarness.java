package io.voronka.jobs.evaluaterules.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.CrmEvents;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The judging operator on Flink's harness, fed with events and control rows. */
final class JudgeHarness implements AutoCloseable {
  private final KeyedBroadcastOperatorTestHarness<String, EncodedEvent, ControlUpdate, RuleDecided>
      harness;
  private long offset;

  private JudgeHarness(OperatorSubtaskState state) throws Exception {
    JudgeEvents function =
        JudgeEvents.of(
            KafkaSettings.of("127.0.0.1:1", "evaluate-rules"),
            Duration.ofSeconds(1),
            Duration.ofDays(400));
    harness =
        new KeyedBroadcastOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(function, List.of()),
            EncodedEvent::subject,
            Types.STRING,
            720,
            1,
            0);
    if (state != null) {
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
      harness.processBroadcastElement(new StreamRecord<>(update));
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
    harness.processElement(new StreamRecord<>(event, event.recordedAt()));
    return this;
  }

  /** Event time as both inputs see it. */
  JudgeHarness time(long millis) throws Exception {
    harness.processBroadcastWatermark(Watermark.MAX_WATERMARK);
    harness.processWatermark(new Watermark(millis));
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

  List<RecordRejected> rejected() {
    return side(Rejected.TAG);
  }

  int heldState() {
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
