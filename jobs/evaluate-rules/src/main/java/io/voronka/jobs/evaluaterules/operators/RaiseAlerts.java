package io.voronka.jobs.evaluaterules.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.evaluaterules.domain.LeftOutRule;
import io.voronka.jobs.evaluaterules.domain.NewestSet;
import io.voronka.jobs.evaluaterules.domain.QuarantineAlerts;
import io.voronka.jobs.kit.RecordTypes;
import io.voronka.jobs.kit.events.SendOn;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RuleQuarantined;
import io.voronka.schemas.RuleSetRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells people once of each version of a rule that is left out, however many subtasks find it out
 * and after however many restarts, and that it is over when a newer set has it no more. Keyed by
 * tenant. Which of the two is heard of first, the set or the rule, makes no difference.
 */
public final class RaiseAlerts
    extends KeyedCoProcessFunction<String, RuleQuarantined, ControlUpdate, AlertRaised> {
  private static final long serialVersionUID = 1L;

  private final String job;
  private transient MapState<String, LeftOutRule> leftOut;
  private transient ValueState<NewestSet> newest;

  RaiseAlerts(String job) {
    this.job = job;
  }

  /**
   * Uids: {@code pick-rule-sets}, {@code raise-alerts}.
   *
   * @param job its name, which the alerts carry
   */
  public static DataStream<AlertRaised> attach(
      DataStream<RuleQuarantined> quarantined, DataStream<ControlUpdate> control, String job) {
    DataStream<ControlUpdate> sets =
        control
            .filter(RaiseAlerts::isSet)
            .uid("pick-rule-sets")
            .name("pick-rule-sets")
            .setBufferTimeout(SendOn.AT_ONCE);
    return quarantined
        .keyBy(RuleQuarantined::getTenantId)
        .connect(sets.keyBy(update -> update.change().getRuleSet().getTenantId()))
        .process(new RaiseAlerts(job), RecordTypes.of(AlertRaised.class))
        .uid("raise-alerts")
        .name("raise-alerts");
  }

  private static boolean isSet(ControlUpdate update) {
    return update.table() == ControlTable.RULE_SETS
        && update.change() != null
        && update.change().getOp() == ControlOp.UPSERT;
  }

  @Override
  public void open(OpenContext context) {
    leftOut =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "left-out-rules", Types.STRING, TypeInformation.of(LeftOutRule.class)));
    newest =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("newest-set", TypeInformation.of(NewestSet.class)));
  }

  @Override
  public void processElement1(
      RuleQuarantined quarantined, Context context, Collector<AlertRaised> out) throws Exception {
    LeftOutRule rule = LeftOutRule.of(quarantined);
    String key = ControlKeys.rule(rule.tenantId(), rule.ruleId(), rule.version());
    if (!leftOut.contains(key)) {
      NewestSet set = newest.value() == null ? NewestSet.NONE : newest.value();
      Optional<LeftOutRule> settled = alerts(out).settle(rule, set, quarantined.getQuarantinedAt());
      leftOut.put(key, settled.orElse(rule));
    }
  }

  /** Control topics are read from their beginning at every start: older sets come again. */
  @Override
  public void processElement2(ControlUpdate update, Context context, Collector<AlertRaised> out)
      throws Exception {
    RuleSetRow row = update.change().getRuleSet();
    if (newest.value() != null && row.getVersion() <= newest.value().version()) {
      return;
    }
    NewestSet set = NewestSet.of(row);
    newest.update(set);
    List<Map.Entry<String, LeftOutRule>> all = new ArrayList<>();
    leftOut.entries().forEach(all::add);
    for (Map.Entry<String, LeftOutRule> each : all) {
      Optional<LeftOutRule> settled = alerts(out).settle(each.getValue(), set, 0);
      if (settled.isPresent()) {
        leftOut.put(each.getKey(), settled.get());
      }
    }
  }

  private QuarantineAlerts alerts(Collector<AlertRaised> out) {
    return new QuarantineAlerts(job, out::collect);
  }
}
