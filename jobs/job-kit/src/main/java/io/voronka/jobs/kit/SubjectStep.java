package io.voronka.jobs.kit;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordRejected;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.SimpleTimerService;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A step by subject, ruled by control rows, with timers in the log's time. Here is what Flink asks
 * of such a step, and the order in which things have to happen: inputs wait for the control rows
 * ({@link ControlGate}), late ones for each other ({@link LateInputs}), timers fire in the order of
 * the state ({@link FiredTimers}), and nothing waits across a checkpoint but what is in state.
 *
 * <p>It is an operator and no function because its steps go through all their keys after a change
 * of the control rows, bit by bit, between the inputs: that takes the keys and the mailbox.
 */
public abstract class SubjectStep<I extends SubjectStep.Input, O> extends AbstractStreamOperator<O>
    implements TwoInputStreamOperator<I, ControlUpdate, O>, Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;

  private final String timerState;
  private final ControlGate<I> gate;

  private transient MailboxExecutor mailbox;
  private transient TimerService timers;
  private transient FiredTimers fired;
  private transient LateInputs<I> late;
  private transient long watermark;

  /** What comes in: still as it was on its topic, decoded where it is acted on. */
  public interface Input {
    /** Key of the subject. */
    String subject();

    byte[] value();

    /** The log's time, epoch milliseconds. */
    long recordedAt();
  }

  /**
   * @param timerState name of the timers' state
   * @param needed tables whose rows must be here before the first input is taken
   */
  protected SubjectStep(String timerState, TypeInformation<I> inputs, Set<ControlTable> needed) {
    this.timerState = timerState;
    this.gate = ControlGate.of(inputs, needed);
  }

  /** Takes an input of the current key. */
  protected abstract void take(I input) throws Exception;

  /** What waited for its time and is taken now: by its time, and of one time as it came. */
  protected List<Held<I>> inOrder(List<Held<I>> due) {
    return due;
  }

  /**
   * The log's time has come to a moment that was asked for; what waited for it is taken already.
   *
   * @param key the current one
   * @param at epoch milliseconds
   */
  protected abstract void moment(String key, long at) throws Exception;

  /**
   * A control row has changed, and is in the {@link #gate}.
   *
   * @param wasOpen false while the rows are read for the first time
   */
  protected abstract void changed(ControlUpdate update, boolean wasOpen) throws Exception;

  /** The log's time has gone on to {@link #watermark}, and all control rows are here. */
  protected abstract void timeWentOn() throws Exception;

  /** What cannot be taken. */
  public static DataStream<RecordRejected> rejected(SingleOutputStreamOperator<?> step) {
    return step.getSideOutput(Rejected.TAG);
  }

  @Override
  public final void setMailboxExecutor(MailboxExecutor executor) {
    mailbox = executor;
  }

  @Override
  public void open() throws Exception {
    super.open();
    watermark = Long.MIN_VALUE;
    timers =
        new SimpleTimerService(
            getInternalTimerService(timerState, VoidNamespaceSerializer.INSTANCE, this));
    gate.open(getRuntimeContext());
    int keyGroups = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    fired = new FiredTimers(keyGroups, this, this::fired);
    late =
        new LateInputs<>(keyGroups, getProcessingTimeService(), this, (key, input) -> take(input));
  }

  @Override
  public final void processElement1(StreamRecord<I> element) throws Exception {
    I input = element.getValue();
    if (!gate.holds(input, input.recordedAt(), getCurrentKey(), timers)) {
      late.take(input.subject(), input, input.recordedAt(), input.value().length);
    }
  }

  @Override
  public final void processElement2(StreamRecord<ControlUpdate> element) throws Exception {
    late.release();
    boolean wasOpen = gate.isOpen();
    gate.apply(element.getValue(), getKeyedStateBackend());
    changed(element.getValue(), wasOpen);
  }

  @Override
  public final void processWatermark(Watermark mark) throws Exception {
    late.release();
    watermark = mark.getTimestamp();
    fired.advance(mark, getTimeServiceManager().orElseThrow());
    super.processWatermark(mark);
    if (gate.isOpen()) {
      timeWentOn();
    }
  }

  @Override
  public final void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    fired.add(timer);
  }

  @Override
  public final void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {}

  @Override
  public final void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    late.release();
  }

  @Override
  public final void finish() throws Exception {
    late.release();
    super.finish();
  }

  /** The control rows, and what waits for them. */
  protected final ControlGate<I> gate() {
    return gate;
  }

  /** In the log's time. */
  protected final TimerService timers() {
    return timers;
  }

  /** The log's time, epoch milliseconds; {@link Long#MIN_VALUE} before it is known. */
  protected final long watermark() {
    return watermark;
  }

  /** The current key's. */
  protected final SubjectTimer timer() {
    return new SubjectTimer(timers, () -> gate.isHolding(getCurrentKey()));
  }

  /** Says that something cannot be taken. */
  protected final void reject(RecordRejected rejected) {
    output.collect(Rejected.TAG, new StreamRecord<>(rejected));
  }

  /** The keys of this subtask that have such a state; to be closed. */
  protected final Stream<String> keys(StateDescriptor<?, ?> state) {
    return this.<String>getKeyedStateBackend().getKeys(state.getName(), VoidNamespace.INSTANCE);
  }

  /** Does something between two inputs. */
  protected final MailboxExecutor mailbox() {
    return mailbox;
  }

  private void fired(String key, long at) throws Exception {
    for (Held<I> held : inOrder(gate.release(at, key))) {
      take(held.event());
    }
    moment(key, at);
  }
}
