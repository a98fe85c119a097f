package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.kit.StateLifetime;
import java.time.Duration;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** Names, types and lifetimes of the keyed state, in one place. The names never change. */
public final class SubjectStates {
  private static final Duration GRACE = Duration.ofDays(1);

  private SubjectStates() {}

  /**
   * @param lifetime since the last event about the subject; then it is unknown again
   */
  public static ValueStateDescriptor<SubjectMemory> memory(Duration lifetime) {
    ValueStateDescriptor<SubjectMemory> descriptor =
        new ValueStateDescriptor<>("subject-memory", new SubjectMemorySerializer());
    descriptor.enableTimeToLive(StateLifetime.sinceWritten(lifetime));
    return descriptor;
  }

  /** Events that did not fit into the subject's memory: fingerprint to expiry, epoch seconds. */
  public static MapStateDescriptor<Long, Integer> olderEvents() {
    MapStateDescriptor<Long, Integer> descriptor =
        new MapStateDescriptor<>("older-events", Types.LONG, Types.INT);
    descriptor.enableTimeToLive(StateLifetime.sinceWritten(SeenEvents.DATED.plus(GRACE)));
    return descriptor;
  }
}
