package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.RuleBudgets;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * The rules that took too many steps, and how near others are to it, in a checkpoint. A subtask
 * that has not met such events finds out by itself, at the price of them; after a restart all know
 * what any of them knew.
 */
final class QuarantinedRules {
  private final ListState<String> leftOut;
  private final ListState<Tuple3<String, Long, Long>> levels;

  private QuarantinedRules(
      ListState<String> leftOut, ListState<Tuple3<String, Long, Long>> levels) {
    this.leftOut = leftOut;
    this.levels = levels;
  }

  /**
   * State: {@code quarantined-rules}: control keys. {@code rule-levels}: control key, steps, epoch
   * milliseconds.
   */
  static QuarantinedRules open(OperatorStateStore store) throws Exception {
    return new QuarantinedRules(
        store.getUnionListState(new ListStateDescriptor<>("quarantined-rules", Types.STRING)),
        store.getUnionListState(
            new ListStateDescriptor<>(
                "rule-levels", Types.TUPLE(Types.STRING, Types.LONG, Types.LONG))));
  }

  void restore(RuleBudgets budgets) throws Exception {
    for (String rule : leftOut.get()) {
      budgets.restoreLeftOut(rule);
    }
    for (Tuple3<String, Long, Long> level : levels.get()) {
      budgets.restore(level.f0, new RuleBudgets.Level(level.f1, level.f2));
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
  }
}
