package io.voronka.jobs.evaluaterules.operators;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The rules that took too many steps, in a checkpoint. A subtask that has not met such an event
 * finds out by itself, at the price of one; after a restart all know what any of them knew.
 */
final class QuarantinedRules {
  private final ListState<String> state;

  private QuarantinedRules(ListState<String> state) {
    this.state = state;
  }

  /** State: {@code quarantined-rules}: control keys. */
  static QuarantinedRules open(OperatorStateStore store) throws Exception {
    return new QuarantinedRules(
        store.getUnionListState(new ListStateDescriptor<>("quarantined-rules", Types.STRING)));
  }

  Set<String> restored() throws Exception {
    Set<String> keys = new HashSet<>();
    state.get().forEach(keys::add);
    return keys;
  }

  void store(Set<String> keys) throws Exception {
    state.clear();
    for (String key : keys) {
      state.add(key);
    }
  }
}
