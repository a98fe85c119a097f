package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.util.ArrayList;
import java.util.List;

/** Makes the records that tell every reader of crm.events how far time has come. One thread's. */
final class Ticks {
  private final String gatewayId;
  private final RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);

  Ticks(String gatewayId) {
    this.gatewayId = gatewayId;
  }

  /**
   * Ticks go just after each whole period, so that one comes right behind each whole second. The
   * CRM's times are whole seconds, and with them most moments that somebody waits for; a moment has
   * come when a later time is told.
   *
   * @param time epoch milliseconds
   * @param period milliseconds
   * @return milliseconds from then to the next tick, at least one
   */
  static long untilNext(long time, long period) {
    return period - Math.floorMod(time - 1, period);
  }

  /**
   * One tick for each partition.
   *
   * @param time epoch milliseconds
   */
  List<OutgoingRecord> at(long time, int partitions) {
    byte[] value =
        codec.encode(
            CrmEvent.newBuilder()
                .setId("tick-" + gatewayId + '-' + time)
                .setKind(EventKind.TICK)
                .setReceivedAt(time)
                .setGatewayId(gatewayId)
                .build());
    List<OutgoingRecord> ticks = new ArrayList<>(partitions);
    for (int partition = 0; partition < partitions; partition++) {
      ticks.add(OutgoingRecord.toPartition(Topics.CRM_EVENTS, partition, time, value));
    }
    return ticks;
  }
}
