package io.voronka.jobs.kit.events;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * The log's time in each partition: its newest timestamp so far. In the checkpoint with the offsets
 * that it belongs to. Every subtask reads what all have written, since partitions may move.
 */
final class PartitionClocks {
  private final ListState<Tuple2<Integer, Long>> state;
  private final Map<Integer, Long> newest = new HashMap<>();

  private PartitionClocks(ListState<Tuple2<Integer, Long>> state) {
    this.state = state;
  }

  /** State: {@code partition-clocks}: partition, epoch milliseconds. */
  static PartitionClocks open(OperatorStateStore store) throws Exception {
    PartitionClocks clocks =
        new PartitionClocks(
            store.getUnionListState(
                new ListStateDescriptor<>("partition-clocks", Types.TUPLE(Types.INT, Types.LONG))));
    for (Tuple2<Integer, Long> entry : clocks.state.get()) {
      clocks.at(entry.f0, entry.f1);
    }
    return clocks;
  }

  /** The log's time once a record of this timestamp has come, epoch milliseconds. */
  long at(int partition, long timestamp) {
    return newest.merge(partition, timestamp, Math::max);
  }

  void store() throws Exception {
    state.clear();
    for (Map.Entry<Integer, Long> clock : newest.entrySet()) {
      state.add(Tuple2.of(clock.getKey(), clock.getValue()));
    }
  }
}
