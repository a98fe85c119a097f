package io.voronka.jobs.evaluaterules.operators;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * What the tenants' subjects are armed for, in a checkpoint. Every subtask writes what it has gone
 * through and reads what all have: a tenant counts only when all of them were through with it, so
 * that another parallelism may follow.
 */
final class RearmedTenants {
  private final ListState<Tuple3<String, Long, Integer>> state;

  private RearmedTenants(ListState<Tuple3<String, Long, Integer>> state) {
    this.state = state;
  }

  /** State: {@code rearmed-tenants}: tenant, fingerprint of its waits, subtasks that there were. */
  static RearmedTenants open(OperatorStateStore store) throws Exception {
    return new RearmedTenants(
        store.getUnionListState(
            new ListStateDescriptor<>(
                "rearmed-tenants", Types.TUPLE(Types.STRING, Types.LONG, Types.INT))));
  }

  Map<String, Long> restored() throws Exception {
    Map<Tuple3<String, Long, Integer>, Integer> counts = new HashMap<>();
    for (Tuple3<String, Long, Integer> entry : state.get()) {
      counts.merge(entry, 1, Integer::sum);
    }
    Map<String, Long> whole = new HashMap<>();
    counts.forEach(
        (entry, count) -> {
          if (count.equals(entry.f2)) {
            whole.put(entry.f0, entry.f1);
          }
        });
    return whole;
  }

  void store(Map<String, Long> done, TaskInfo task) throws Exception {
    state.clear();
    for (Map.Entry<String, Long> tenant : done.entrySet()) {
      state.add(Tuple3.of(tenant.getKey(), tenant.getValue(), task.getNumberOfParallelSubtasks()));
    }
  }
}
