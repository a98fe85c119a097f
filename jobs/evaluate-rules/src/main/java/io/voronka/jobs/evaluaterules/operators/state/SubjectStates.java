package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.evaluaterules.domain.LinkedLeads;
import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.domain.TalkLead;
import java.time.Duration;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** Names, types and lifetimes of the keyed state, in one place. The names never change. */
public final class SubjectStates {
  private static final int ENTRIES_BETWEEN_CLOCK_READS = 1000;
  private static final Duration GRACE = Duration.ofDays(1);

  private SubjectStates() {}

  /**
   * @param lifetime since the last event about the subject; then it is unknown again
   */
  public static ValueStateDescriptor<SubjectMemory> memory(Duration lifetime) {
    ValueStateDescriptor<SubjectMemory> descriptor =
        new ValueStateDescriptor<>("subject-memory", new SubjectMemorySerializer());
    descriptor.enableTimeToLive(ttl(lifetime));
    return descriptor;
  }

  /** Events that did not fit into the subject's memory: fingerprint to expiry, epoch seconds. */
  public static MapStateDescriptor<Long, Integer> olderEvents() {
    MapStateDescriptor<Long, Integer> descriptor =
        new MapStateDescriptor<>("older-events", Types.LONG, Types.INT);
    descriptor.enableTimeToLive(ttl(SeenEvents.DATED.plus(GRACE)));
    return descriptor;
  }

  /**
   * The leads of a contact or company.
   *
   * @param lifetime since they were last told
   */
  public static ValueStateDescriptor<LinkedLeads> linkedLeads(Duration lifetime) {
    ValueStateDescriptor<LinkedLeads> descriptor =
        new ValueStateDescriptor<>("linked-leads", TypeInformation.of(LinkedLeads.class));
    descriptor.enableTimeToLive(ttl(lifetime));
    return descriptor;
  }

  /**
   * The lead of a talk.
   *
   * @param lifetime since it was last told
   */
  public static ValueStateDescriptor<TalkLead> talkLead(Duration lifetime) {
    ValueStateDescriptor<TalkLead> descriptor =
        new ValueStateDescriptor<>("talk-lead", TypeInformation.of(TalkLead.class));
    descriptor.enableTimeToLive(ttl(lifetime));
    return descriptor;
  }

  /** Counts from the last write; cleaned up while RocksDB compacts. */
  public static StateTtlConfig ttl(Duration lifetime) {
    return StateTtlConfig.newBuilder(lifetime)
        .updateTtlOnCreateAndWrite()
        .neverReturnExpired()
        .cleanupInRocksdbCompactFilter(ENTRIES_BETWEEN_CLOCK_READS)
        .build();
  }
}
