package io.voronka.jobs.evaluaterules.operators;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.domain.QuarantineReason;
import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.evaluaterules.operators.state.SubjectMemory;
import io.voronka.jobs.evaluaterules.operators.state.SubjectStates;
import io.voronka.jobs.kit.ControlledStep;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.Rejections;
import io.voronka.jobs.kit.SubjectStep;
import io.voronka.jobs.kit.events.EncodedEvent;
import io.voronka.jobs.kit.events.EventReader;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.RuleRow;
import java.time.Duration;
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
 * Judges each event by the rules in force at its time, and each moment that rules waited for when
 * the log's time has come to it. The judging is the {@link SubjectJudge}'s; going through waiting
 * subjects after a change of the rules is {@link Rearming}'s.
 */
public final class JudgeEvents extends SubjectStep<EncodedEvent, RuleDecided> {
  private static final long serialVersionUID = 1L;

  /** What the rules that fired ask for. */
  public static final OutputTag<ActionRequested> ACTIONS =
      new OutputTag<>("actions", RecordTypes.of(ActionRequested.class));

  /** What they ask of sequences. */
  public static final OutputTag<CommandRequested> COMMANDS =
      new OutputTag<>("commands", RecordTypes.of(CommandRequested.class));

  /** Decisions with rules that may fire only so often a day. */
  public static final OutputTag<CappedDecision> CAPPED =
      new OutputTag<>("capped", TypeInformation.of(CappedDecision.class));

  /** Versions of rules that are left out, and why. */
  public static final OutputTag<RuleQuarantined> QUARANTINED =
      new OutputTag<>("quarantined", RecordTypes.of(RuleQuarantined.class));

  /** Gateways' clocks differ a little: sets are kept this long after the clock has passed them. */
  private static final long SLACK_MILLIS = Duration.ofMinutes(10).toMillis();

  private final KafkaSettings kafka;
  private final Duration schemaWait;
  private final ValueStateDescriptor<SubjectMemory> memory;

  private transient RearmedTenants rearmed;
  private transient QuarantinedRules quarantined;
  private transient JudgeMetrics metrics;
  private transient EventReader reader;
  private transient RulesInForce rules;
  private transient SubjectJudge judge;
  private transient Rearming rearming;

  JudgeEvents(KafkaSettings kafka, Duration schemaWait, Duration subjectLifetime) {
    super("judge-timers", TypeInformation.of(EncodedEvent.class), RulesInForce.NEEDED);
    this.kafka = kafka;
    this.schemaWait = schemaWait;
    this.memory = SubjectStates.memory(subjectLifetime);
  }

  /**
   * Side outputs: {@link #ACTIONS}, {@link #COMMANDS}, {@link #CAPPED}, {@link #QUARANTINED},
   * {@link SubjectStep#rejected}. Uid: {@code judge-events}.
   *
   * @param schemaWait how long one attempt waits for a writer's schema before the job restarts
   * @param subjectLifetime how long a subject is remembered after its last event
   */
  public static SingleOutputStreamOperator<RuleDecided> attach(
      DataStream<EncodedEvent> events,
      DataStream<ControlUpdate> control,
      KafkaSettings kafka,
      Duration schemaWait,
      Duration subjectLifetime) {
    return ControlledStep.attach(
        events,
        EncodedEvent::subject,
        control,
        "judge-events",
        new JudgeEvents(kafka, schemaWait, subjectLifetime),
        RecordTypes.of(RuleDecided.class));
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    rearmed = RearmedTenants.open(context.getOperatorStateStore());
    quarantined = QuarantinedRules.open(context.getOperatorStateStore());
  }

  @Override
  public void open() throws Exception {
    super.open();
    metrics = JudgeMetrics.register(getMetricGroup());
    reader = EventReader.open(kafka, schemaWait, getMetricGroup(), this::reject);
    rules = new RulesInForce(gate().control(), DefinitionReader.create(), this::quarantined);
    quarantined.restore(rules.budgets());
    judge =
        new SubjectJudge(
            getRuntimeContext().getState(memory),
            getRuntimeContext().getMapState(SubjectStates.olderEvents()),
            timer(),
            rules,
            new DecisionOutput(output),
            metrics);
    rearming = new Rearming(rules, new AllKeys());
    rearmed.restored().forEach(rearming::restored);
    metrics.watch(rules, rearming);
  }

  @Override
  protected void take(EncodedEvent encoded) throws Exception {
    CrmEvent event = reader.read(encoded);
    if (event != null) {
      judge.event(event, encoded.recordedAt());
    }
  }

  @Override
  protected void moment(String key, long at) throws Exception {
    judge.moments(key, at, watermark());
  }

  @Override
  protected void changed(ControlUpdate update, boolean wasOpen) {
    rules.changed(update.table(), update.key(), update.change());
    rearming.rulesChanged();
    if (gate().isOpen() && watermark() > SLACK_MILLIS && !rearming.isRunning()) {
      rules.forgetBefore(watermark() - SLACK_MILLIS);
    }
  }

  @Override
  protected void timeWentOn() {
    rearming.timeIs(watermark());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    rearmed.store(rearming.done(), getRuntimeContext().getTaskInfo());
    quarantined.store(rules.budgets());
  }

  @Override
  public void close() throws Exception {
    if (rearming != null) {
      rearming.close();
    }
    if (reader != null) {
      reader.close();
    }
    super.close();
  }

  /** Every subtask reads every definition; the first one tells of those that cannot be read. */
  private void quarantined(RuleRow row, QuarantineReason reason, String detail, long at) {
    metrics.quarantined(row, reason, detail);
    boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    if (first || reason.foundByJudging()) {
      RuleQuarantined left =
          new RuleQuarantined(
              row.getTenantId(),
              row.getRuleId(),
              row.getVersion(),
              Rejections.label(reason),
              detail,
              Math.max(at, watermark()));
      output.collect(QUARANTINED, new StreamRecord<>(left));
    }
  }

  /** The way of {@link Rearming} to the keys of this subtask. */
  private final class AllKeys implements Rearming.Task {
    @Override
    public Stream<String> keys() {
      return JudgeEvents.this.keys(memory);
    }

    @Override
    public void rearm(String key) throws Exception {
      setCurrentKey(key);
      judge.rearm(key, watermark());
    }

    @Override
    public void soon() {
      mailbox().execute(rearming::step, "go through waiting subjects");
    }
  }
}
