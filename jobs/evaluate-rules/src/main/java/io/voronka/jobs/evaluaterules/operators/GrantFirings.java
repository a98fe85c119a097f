package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.SequenceCommands;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.StateLifetime;
import io.voronka.rules.domain.limit.Grants;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.RuleDecided;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the daily limits of rules over all subjects, and lets the rules after one that stops them
 * fire when its day is full. Keyed by tenant: only decisions with such a rule that wants to fire
 * come by. Exact as long as nothing fails; after a crash a limit may be exceeded by at most the
 * grants since the last checkpoint, because the events in between are judged again in another
 * order. {@code grantsSinceCheckpoint} tells how many that would be now.
 */
public final class GrantFirings extends KeyedProcessFunction<String, CappedDecision, RuleDecided>
    implements CheckpointListener {
  private static final long serialVersionUID = 1L;

  /** What is left of the requested actions. */
  public static final OutputTag<ActionRequested> ACTIONS =
      new OutputTag<>("granted-actions", RecordTypes.of(ActionRequested.class));

  /** What is left of what they ask of sequences. */
  public static final OutputTag<CommandRequested> COMMANDS =
      new OutputTag<>("granted-commands", RecordTypes.of(CommandRequested.class));

  private static final Duration LONGEST_DAY = Duration.ofDays(3);
  private static final Duration LONGEST_LIMIT = Duration.ofDays(3700);

  private transient CappedDecisions decisions;
  private transient MapState<String, Integer> days;
  private transient MapState<String, long[]> subjects;
  private transient Counter granted;
  private transient Counter refused;
  private transient long sinceCheckpoint;

  GrantFirings() {}

  /** Side outputs: {@link #ACTIONS}, {@link #COMMANDS}. Uid: {@code grant-firings}. */
  public static SingleOutputStreamOperator<RuleDecided> attach(DataStream<CappedDecision> capped) {
    return capped
        .keyBy(CappedDecision::tenantId)
        .process(new GrantFirings(), RecordTypes.of(RuleDecided.class))
        .uid("grant-firings")
        .name("grant-firings");
  }

  @Override
  public void open(OpenContext context) {
    decisions = new CappedDecisions();
    days = getRuntimeContext().getMapState(descriptor("granted-by-day", Types.INT, LONGEST_DAY));
    subjects =
        getRuntimeContext()
            .getMapState(
                descriptor("granted-by-subject", TypeInformation.of(long[].class), LONGEST_LIMIT));
    granted = getRuntimeContext().getMetricGroup().counter("granted");
    refused = getRuntimeContext().getMetricGroup().counter("refused");
    getRuntimeContext().getMetricGroup().gauge("grantsSinceCheckpoint", () -> sinceCheckpoint);
  }

  @Override
  public void processElement(CappedDecision capped, Context context, Collector<RuleDecided> out)
      throws Exception {
    Map<String, Grants.Asked> asked = new HashMap<>();
    for (CappedDecision.Cap cap : capped.caps()) {
      Limits limits =
          new Limits(cap.cooldownMillis(), cap.times(), cap.withinMillis(), cap.perDay());
      asked.put(cap.ruleId(), new Grants.Asked(limits, cap.day(), List.of(cap.unless())));
    }
    Grants.Result result =
        Grants.decide(decisions.decided(capped), decisions.actions(capped), asked, new Book());
    granted.inc(result.granted());
    sinceCheckpoint += result.granted();
    refused.inc(result.refused());
    out.collect(result.decided());
    for (ActionRequested action : result.actions()) {
      if (SequenceCommands.isOne(action)) {
        context.output(COMMANDS, SequenceCommands.of(action));
      } else {
        context.output(ACTIONS, action);
      }
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    sinceCheckpoint = 0;
  }

  private static <V> MapStateDescriptor<String, V> descriptor(
      String name, TypeInformation<V> type, Duration lifetime) {
    MapStateDescriptor<String, V> descriptor = new MapStateDescriptor<>(name, Types.STRING, type);
    descriptor.enableTimeToLive(StateLifetime.sinceWritten(lifetime));
    return descriptor;
  }

  /** The state of the current tenant. */
  private final class Book implements Grants.Book<Exception> {
    @Override
    public int granted(String rule, long day) throws Exception {
      Integer count = days.get(rule + '|' + day);
      return count == null ? 0 : count;
    }

    @Override
    public void grant(String rule, long day, int count) throws Exception {
      days.put(rule + '|' + day, count);
    }

    @Override
    public long[] times(String rule, String subject) throws Exception {
      long[] times = subjects.get(rule + '|' + subject);
      return times == null ? new long[0] : times;
    }

    @Override
    public void remember(String rule, String subject, long[] times) throws Exception {
      subjects.put(rule + '|' + subject, times);
    }
  }
}
