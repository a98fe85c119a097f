package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.RuleBudgets;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * The rules that took too many steps, and how near others are to it, in a checkpoint. A subtask
 * that has not met such events finds out by itself, at the price of them; after a restart all know
 * what any of them knew.
 */
final class QuarantinedRules {
  private final ListState<String> leftOut;
  private final ListState<Tuple3<String, Long, Long>> levels;
  private final ListState<Tuple2<String, Long>> shares;

  private QuarantinedRules(
      ListState<String> leftOut,
      ListState<Tuple3<String, Long, Long>> levels,
      ListState<Tuple2<String, Long>> shares) {
    this.leftOut = leftOut;
    this.levels = levels;
    this.shares = shares;
  }

  /**
   * State: {@code quarantined-rules}: control keys. {@code rule-levels}: control key or tenant,
   * steps, epoch milliseconds. {@code rule-shares}: control key, steps.
   */
  static QuarantinedRules open(OperatorStateStore store) throws Exception {
    return new QuarantinedRules(
        store.getUnionListState(new ListStateDescriptor<>("quarantined-rules", Types.STRING)),
        store.getUnionListState(
            new ListStateDescriptor<>(
                "rule-levels", Types.TUPLE(Types.STRING, Types.LONG, Types.LONG))),
        store.getUnionListState(
            new ListStateDescriptor<>("rule-shares", Types.TUPLE(Types.STRING, Types.LONG))));
  }

  void restore(RuleBudgets budgets) throws Exception {
    for (String rule : leftOut.get()) {
      budgets.restoreLeftOut(rule);
    }
    for (Tuple3<String, Long, Long> level : levels.get()) {
      budgets.restore(level.f0, new RuleBudgets.Level(level.f1, level.f2));
    }
    for (Tuple2<String, Long> share : shares.get()) {
      budgets.restoreShare(share.f0, share.f1);
    }
  }

  void store(RuleBudgets budgets) throws Exception {
    leftOut.clear();
    levels.clear();
    for (String rule : budgets.leftOut()) {
      leftOut.add(rule);
    }
    for (Map.Entry<String, RuleBudgets.Level> level : budgets.levels().entrySet()) {
      levels.add(Tuple3.of(level.getKey(), level.getValue().steps(), level.getValue().at()));
    }
    shares.clear();
    for (Map.Entry<String, Long> share : budgets.shares().entrySet()) {
      shares.add(Tuple2.of(share.getKey(), share.getValue()));
    }
  }
}
