package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.deliver.SpoolJudge.Judged;
import java.util.List;

/**
 * Entries that leave the spool together.
 *
 * @param blocked the entry behind them has to wait for the control rows
 */
record SpoolWindow(List<Judged> judged, boolean blocked) {

  boolean isEmpty() {
    return judged.isEmpty();
  }

  /** What is to be sent, in order. */
  List<OutgoingRecord> records() {
    return judged.stream().flatMap(one -> one.records().stream()).toList();
  }
}
