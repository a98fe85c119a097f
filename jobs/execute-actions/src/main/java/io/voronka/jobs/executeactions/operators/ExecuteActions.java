package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.domain.EarlierAttempt;
import io.voronka.jobs.executeactions.domain.Guard;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.kit.ControlledStep;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.UsageEvent;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Carries out the actions of its targets. Keyed by target; the control rows come by broadcast.
 * Everything happens in the task's thread: requests are sent without waiting, and their answers
 * come back through the mailbox. Here is what Flink asks of such a step; the work is the {@link
 * Dispatcher}'s.
 */
public final class ExecuteActions extends AbstractStreamOperator<ActionCompleted>
    implements TwoInputStreamOperator<TargetInput, ControlUpdate, ActionCompleted> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<ActionQueued> QUEUED =
      new OutputTag<>("queued", new AvroTypeInfo<>(ActionQueued.class));

  static final OutputTag<UsageEvent> USAGE =
      new OutputTag<>("usage", new AvroTypeInfo<>(UsageEvent.class));

  static final OutputTag<ControlChange> OPT_OUTS =
      new OutputTag<>("opt-outs", new AvroTypeInfo<>(ControlChange.class));

  private final ActionTransport.Factory transports;
  private final ExecutorSettings settings;

  private transient MailboxExecutor mailbox;
  private transient ActionStore store;
  private transient GuardStore guardStore;
  private transient EarlierAttempt earlier;
  private transient ControlCopy controls;
  private transient Hearing hearing;
  private transient Targets targets;
  private transient ExecutorMetrics metrics;
  private transient Dispatcher dispatcher;
  private transient ActionTransport transport;

  ExecuteActions(ActionTransport.Factory transports, ExecutorSettings settings) {
    this.transports = transports;
    this.settings = settings;
  }

  /** Keyed by target, with a copy of the control rows in every subtask. */
  public static Results attach(
      DataStream<TargetInput> inputs,
      DataStream<ControlUpdate> control,
      ActionTransport.Factory transports,
      ExecutorSettings settings) {
    SingleOutputStreamOperator<ActionCompleted> step =
        ControlledStep.attach(
            inputs,
            TargetInput::key,
            control,
            "execute-actions",
            new ExecuteActions(transports, settings),
            new AvroTypeInfo<>(ActionCompleted.class));
    return new Results(
        step, step.getSideOutput(QUEUED), step.getSideOutput(USAGE), step.getSideOutput(OPT_OUTS));
  }

  /** What comes out. */
  public record Results(
      DataStream<ActionCompleted> completed,
      DataStream<ActionQueued> queued,
      DataStream<UsageEvent> usage,
      DataStream<ControlChange> optOuts) {}

  @Override
  public void setMailboxExecutor(MailboxExecutor executor) {
    mailbox = executor;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    store = new ActionStore(context.getKeyedStateStore(), settings.rememberFor());
    guardStore = new GuardStore(context.getKeyedStateStore(), settings.rememberFor());
    controls = new ControlCopy();
    hearing = new Hearing(controls, context.getKeyedStateStore());
    // A first attempt that died before its first checkpoint leaves nothing to restore.
    boolean existed =
        context.isRestored() || getRuntimeContext().getTaskInfo().getAttemptNumber() > 0;
    earlier = new EarlierAttempt(existed, now());
  }

  @Override
  public void open() throws Exception {
    super.open();
    targets = new Targets(settings, controls, earlier);
    transport = transports.open();
    metrics = new ExecutorMetrics(getMetricGroup(), targets.byKey());
    dispatcher =
        new Dispatcher(
            new FlinkTask(),
            store,
            targets,
            new Guard(controls, guardStore, settings.grace()),
            transport,
            metrics);
    restoreUnfinished();
  }

  @Override
  public void processElement1(StreamRecord<TargetInput> element) throws Exception {
    TargetInput input = element.getValue();
    if (input.withdrawal() != null) {
      // Before the target is asked: the action itself may come later, or come back.
      guardStore.withdraw(input.withdrawal().getActionId(), now());
      dispatcher.withdraw(input.key(), input.withdrawal().getActionId());
    } else if (input.spoken() != null) {
      guardStore.spoken(input.spoken(), now());
    } else if (input.heard() != null) {
      hearing.hear(input.heard()).forEach(this::tell);
    } else {
      ActionRequested request = input.request();
      long requestedAt = element.hasTimestamp() ? element.getTimestamp() : request.getFiredAt();
      dispatcher.take(input.key(), request, earlier.mayHaveSent(requestedAt, now()));
    }
  }

  @Override
  public void processElement2(StreamRecord<ControlUpdate> element) throws Exception {
    boolean readyBefore = controls.ready();
    controls.apply(element.getValue());
    if (!controls.ready()) {
      return;
    }
    if (!readyBefore) {
      for (String heardFor : keysOf(Hearing.UNJUDGED)) {
        setCurrentKey(heardFor);
        hearing.hearKept().forEach(this::tell);
      }
    }
    // A marker can drop rows of any tenant; any other record is about its own.
    String key = element.getValue().key();
    boolean all = !readyBefore || key.equals(ControlKeys.SNAPSHOT);
    String tenant = key.split("\\|", 2)[0] + '|';
    for (String target : targets.keys()) {
      if (all || target.startsWith(tenant)) {
        dispatcher.controlsChanged(target);
      }
    }
  }

  /**
   * A job that is drained takes the answers that are on their way; the rest stays in the savepoint.
   */
  @Override
  public void finish() throws Exception {
    while (targets.byKey().values().stream().anyMatch(target -> target.inFlight() > 0)) {
      mailbox.yield();
    }
    super.finish();
  }

  @Override
  public void close() throws Exception {
    try {
      if (transport != null) {
        transport.close();
      }
    } finally {
      super.close();
    }
  }

  private void restoreUnfinished() throws Exception {
    for (String key : keysOf(ActionStore.progressDescriptor())) {
      setCurrentKey(key);
      dispatcher.restore(key);
    }
  }

  private Set<String> keysOf(StateDescriptor<?, ?> state) {
    Set<String> keys = new LinkedHashSet<>();
    try (Stream<String> stored =
        this.<String>getKeyedStateBackend().getKeys(state.getName(), VoidNamespace.INSTANCE)) {
      stored.forEach(keys::add);
    }
    return keys;
  }

  private void tell(ControlChange optOut) {
    metrics.optOutHeard();
    output.collect(OPT_OUTS, new StreamRecord<>(optOut, now()));
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  /** The dispatcher's way to its task. */
  private final class FlinkTask implements TaskThread {
    private final WakeUps wakeUps =
        new WakeUps(getProcessingTimeService(), key -> dispatcher.wake(key));

    @Override
    public long now() {
      return ExecuteActions.this.now();
    }

    @Override
    public void enter(String key) {
      setCurrentKey(key);
    }

    @Override
    public void run(ThrowingRunnable<Exception> mail) {
      mailbox.execute(mail, "take the answer to a request");
    }

    @Override
    public void wake(String key, long moment) {
      wakeUps.set(key, moment);
    }

    @Override
    public void emit(ActionCompleted outcome) {
      output.collect(new StreamRecord<>(outcome, now()));
    }

    @Override
    public void emit(ActionQueued queued) {
      output.collect(QUEUED, new StreamRecord<>(queued, now()));
    }

    @Override
    public void emit(UsageEvent usage) {
      output.collect(USAGE, new StreamRecord<>(usage, now()));
    }
  }
}
