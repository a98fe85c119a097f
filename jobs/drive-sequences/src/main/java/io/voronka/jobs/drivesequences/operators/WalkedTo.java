package io.voronka.jobs.drivesequences.operators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Up to when published versions were gone by, in a checkpoint. Every subtask writes its own and
 * reads all: the earliest counts, so that another parallelism may follow.
 */
final class WalkedTo {
  private final ListState<Long> state;

  private WalkedTo(ListState<Long> state) {
    this.state = state;
  }

  /** State: {@code walked-to}: epoch milliseconds. */
  static WalkedTo open(OperatorStateStore store) throws Exception {
    return new WalkedTo(
        store.getUnionListState(new ListStateDescriptor<>("walked-to", Types.LONG)));
  }

  long restored() throws Exception {
    List<Long> all = new ArrayList<>();
    state.get().forEach(all::add);
    return all.isEmpty() ? Long.MIN_VALUE : Collections.min(all);
  }

  void store(long moment) throws Exception {
    state.update(List.of(moment));
  }
}
