package io.voronka.jobs.kit.testing;

import io.voronka.connectors.kafka.control.ControlUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.YieldingOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** A keyed operator with control tables and a mailbox, alone on Flink's harness. */
public final class ControlledHarness<I, O> implements AutoCloseable {
  private static final int MOST_PARALLEL = 720;

  private final KeyedTwoInputStreamOperatorTestHarness<String, I, ControlUpdate, O> flink;

  private ControlledHarness(
      KeyedTwoInputStreamOperatorTestHarness<String, I, ControlUpdate, O> flink) {
    this.flink = flink;
  }

  /**
   * Starts the operator, one subtask of one.
   *
   * @param backend null: the heap
   * @param state null: a first start
   */
  public static <I, O, P extends TwoInputStreamOperator<I, ControlUpdate, O> & YieldingOperator<O>>
      ControlledHarness<I, O> open(
          P operator, KeySelector<I, String> key, StateBackend backend, OperatorSubtaskState state)
          throws Exception {
    return open(operator, key, backend, state, 0);
  }

  /**
   * Starts the operator, one subtask of one.
   *
   * @param backend null: the heap
   * @param state null: a first start
   * @param now processing time, epoch milliseconds
   */
  public static <I, O, P extends TwoInputStreamOperator<I, ControlUpdate, O> & YieldingOperator<O>>
      ControlledHarness<I, O> open(
          P operator,
          KeySelector<I, String> key,
          StateBackend backend,
          OperatorSubtaskState state,
          long now)
          throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, I, ControlUpdate, O> flink =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, key, null, Types.STRING, MOST_PARALLEL, 1, 0);
    if (backend != null) {
      flink.setStateBackend(backend);
    }
    operator.setMailboxExecutor(
        new MailboxExecutorImpl(
            flink.getTaskMailbox(), TaskMailbox.MIN_PRIORITY, StreamTaskActionExecutor.IMMEDIATE));
    flink.setProcessingTime(now);
    flink.setup();
    if (state == null) {
      flink.initializeEmptyState();
    } else {
      flink.initializeState(state);
    }
    flink.open();
    return new ControlledHarness<>(flink);
  }

  public void control(Iterable<ControlUpdate> updates) throws Exception {
    for (ControlUpdate update : updates) {
      flink.processElement2(new StreamRecord<>(update));
    }
  }

  /**
   * @param at the log's time, epoch milliseconds
   */
  public void input(I input, long at) throws Exception {
    flink.processElement1(new StreamRecord<>(input, at));
  }

  /** Event time as both inputs see it; then all that the operator has put off. */
  public void time(long millis) throws Exception {
    flink.processWatermark2(Watermark.MAX_WATERMARK);
    flink.processWatermark1(new Watermark(millis));
    drainMailbox();
  }

  /** Processing time; then all that the operator has put off. */
  public void clock(long millis) throws Exception {
    flink.setProcessingTime(millis);
    drainMailbox();
  }

  /** Runs all that the operator, or an answer to it, has put off. */
  public void drainMailbox() throws Exception {
    TaskMailbox mailbox = flink.getTaskMailbox();
    var next = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
    while (next.isPresent()) {
      next.get().run();
      next = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
    }
  }

  public OperatorSubtaskState snapshot(long id) throws Exception {
    flink.prepareSnapshotPreBarrier(id);
    return flink.snapshot(id, id);
  }

  /** Of all keys. */
  public int stateEntries() {
    return flink.numKeyedStateEntries();
  }

  /** Ends the input, and waits as long as the operator does. */
  public void finish() throws Exception {
    flink.getOperator().finish();
  }

  public List<O> output() {
    return flink.extractOutputValues();
  }

  /** Records as Flink wraps them, and watermarks, in the order in which they came out. */
  public List<Object> outputAndTimes() {
    return List.copyOf(flink.getOutput());
  }

  public <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> queue = flink.getSideOutput(tag);
    return queue == null ? List.of() : queue.stream().map(StreamRecord::getValue).toList();
  }

  /** What came out since it was last taken. */
  @SuppressWarnings("unchecked")
  public List<O> takeOutput() {
    List<O> taken = new ArrayList<>();
    for (Object one = flink.getOutput().poll(); one != null; one = flink.getOutput().poll()) {
      if (one instanceof StreamRecord<?> record) {
        taken.add((O) record.getValue());
      }
    }
    return taken;
  }

  /** What came out on that side since it was last taken. */
  public <T> List<T> take(OutputTag<T> tag) {
    List<T> taken = side(tag);
    if (!taken.isEmpty()) {
      flink.getSideOutput(tag).clear();
    }
    return taken;
  }

  public int timers() {
    return flink.numEventTimeTimers();
  }

  /** As a killed task ends: without finishing, whatever is on its way. */
  public void kill() throws Exception {
    flink.getOperator().close();
    flink.getEnvironment().close();
  }

  @Override
  public void close() throws Exception {
    flink.close();
  }
}
