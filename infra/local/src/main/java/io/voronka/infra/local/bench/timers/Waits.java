package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What makes leads wait, and how it is seen that they have. Belongs to one thread. */
interface Waits {
  /** The job that waits; its name is its consumer group, too. */
  String job();

  /** Tells of the moments. */
  String topic();

  /** Whether the topic gets one record for each moment. */
  boolean oneRecordEach();

  /** The control rows. */
  List<ControlChange> rows(long effectiveAt);

  /**
   * The event by which a lead of a wave begins to wait.
   *
   * @param at when the gateway got it, epoch milliseconds
   */
  CrmEvent arming(Wave wave, int lead, long at);

  /**
   * A record of the topic, whose timestamp is the broker's.
   *
   * @return empty when it tells of something else
   */
  Optional<Told> told(ConsumerRecord<byte[], byte[]> record);
}
