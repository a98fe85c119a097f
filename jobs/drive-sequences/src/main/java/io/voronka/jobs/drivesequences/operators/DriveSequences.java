package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.drivesequences.domain.SequencesInForce;
import io.voronka.jobs.drivesequences.domain.Withdrawals;
import io.voronka.jobs.drivesequences.operators.state.SubjectMemory;
import io.voronka.jobs.drivesequences.operators.state.SubjectStates;
import io.voronka.jobs.kit.ControlledStep;
import io.voronka.jobs.kit.Held;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.SeenIds;
import io.voronka.jobs.kit.SubjectStep;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Driven;
import io.voronka.sequences.domain.Withdrawal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Takes each subject through its sequences. What happens to a subject is the {@link
 * SubjectDriver}'s; going through all of them after a version was published is {@link Walk}'s.
 */
public final class DriveSequences extends SubjectStep<SubjectInput, SequenceProgressed> {
  private static final long serialVersionUID = 1L;

  /** What steps ask for. */
  public static final OutputTag<ActionRequested> ACTIONS =
      new OutputTag<>("actions", RecordTypes.of(ActionRequested.class));

  /** What is taken back. */
  public static final OutputTag<CommandRequested> WITHDRAWALS =
      new OutputTag<>("withdrawals", RecordTypes.of(CommandRequested.class));

  /** Fields are known as they were for so long: not all partitions are equally far. */
  private static final long SLACK_MILLIS = Duration.ofHours(1).toMillis();

  private final KafkaSettings kafka;
  private final Duration schemaWait;
  private final long touchMillis;
  private final ValueStateDescriptor<SubjectMemory> memory;
  private final SeenIds seen = new SeenIds();

  private transient WalkedTo walkedTo;
  private transient DriveMetrics counts;
  private transient InputReader reader;
  private transient SequencesInForce sequences;
  private transient SubjectDriver driver;
  private transient LogOrder order;
  private transient Walk walk;

  DriveSequences(KafkaSettings kafka, Duration schemaWait, Duration subjectLifetime) {
    super("drive-timers", TypeInformation.of(SubjectInput.class), SequencesInForce.NEEDED);
    this.kafka = kafka;
    this.schemaWait = schemaWait;
    this.touchMillis = subjectLifetime.toMillis() / 2;
    this.memory = SubjectStates.memory(subjectLifetime);
  }

  /**
   * Side outputs: {@link #ACTIONS}, {@link #WITHDRAWALS}, {@link SubjectStep#rejected}. Uid: {@code
   * drive-sequences}.
   *
   * @param schemaWait how long one attempt waits for a writer's schema before the job restarts
   * @param subjectLifetime how long a subject is remembered after something last happened to it;
   *     longer while it is inside a sequence
   */
  public static SingleOutputStreamOperator<SequenceProgressed> attach(
      DataStream<SubjectInput> inputs,
      DataStream<ControlUpdate> control,
      KafkaSettings kafka,
      Duration schemaWait,
      Duration subjectLifetime) {
    return ControlledStep.attach(
        inputs,
        SubjectInput::subject,
        control,
        "drive-sequences",
        new DriveSequences(kafka, schemaWait, subjectLifetime),
        RecordTypes.of(SequenceProgressed.class));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    walkedTo = WalkedTo.open(context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    seen.open(getRuntimeContext());
    counts = new DriveMetrics(getMetricGroup());
    reader = new InputReader(kafka, schemaWait, getMetricGroup(), this::reject);
    sequences = new SequencesInForce(gate().control(), new DefinitionReader(counts)::read);
    driver =
        new SubjectDriver(
            new SubjectStore(getRuntimeContext().getState(memory), timer(), touchMillis),
            seen,
            sequences,
            this::emit,
            counts);
    order = new LogOrder(reader, gate(), timers(), getProcessingTimeService(), driver, counts);
    walk = new Walk(new AllKeys(), walkedTo.restored());
    getMetricGroup().gauge("walking", () -> walk.isRunning() ? 1 : 0);
  }

  @Override
  protected List<Held<SubjectInput>> inOrder(List<Held<SubjectInput>> due) {
    return due.size() < 2 ? due : due.stream().sorted(LogOrder.OF_HELD).toList();
  }

  @Override
  protected void take(SubjectInput input) throws Exception {
    order.take(input, watermark());
  }

  @Override
  protected void moment(String key, long at) throws Exception {
    driver.moments(key, at, watermark());
  }

  @Override
  protected void changed(ControlUpdate update, boolean wasOpen) {
    sequences.changed(update.table(), update.key(), update.change());
    if (wasOpen && watermark() > SLACK_MILLIS) {
      sequences.forgetBefore(watermark() - SLACK_MILLIS);
    }
    if (wasOpen && update.change() != null && update.change().getSequence() != null) {
      walk.published(update.change().getSequence().getEffectiveAt());
    }
  }

  @Override
  protected void timeWentOn() {
    walk.timeIs(watermark());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    walkedTo.store(walk.walkedTo());
  }

  @Override
  public void close() throws Exception {
    if (walk != null) {
      walk.close();
    }
    if (reader != null) {
      reader.close();
    }
    super.close();
  }

  private void emit(Driven driven, Subject subject, long now) {
    driven.progress().forEach(one -> output.collect(new StreamRecord<>(one)));
    driven.actions().forEach(one -> output.collect(ACTIONS, new StreamRecord<>(one)));
    for (Withdrawal withdrawal : driven.withdrawals()) {
      CommandRequested command = Withdrawals.command(withdrawal, subject, now);
      output.collect(WITHDRAWALS, new StreamRecord<>(command));
    }
  }

  /** The way of {@link Walk} to the keys of this subtask. */
  private final class AllKeys implements Walk.Task {
    @Override
    public Stream<String> keys() {
      return DriveSequences.this.keys(memory);
    }

    @Override
    public long newestEffective(long at) {
      return sequences.newestEffective(at);
    }

    @Override
    public void settle(String key) throws Exception {
      setCurrentKey(key);
      driver.settle(key, watermark());
    }

    @Override
    public void soon() {
      mailbox().execute(walk::step, "go through subjects");
    }
  }
}
