package io.voronka.jobs.drivesequences.operators.state;

import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** Names, types and lifetimes of the keyed state. The names never change. */
public final class SubjectStates {
  private static final int ENTRIES_BETWEEN_CLOCK_READS = 1000;

  private SubjectStates() {}

  /**
   * @param lifetime since it was last written; then the subject is unknown again
   */
  public static ValueStateDescriptor<SubjectMemory> memory(Duration lifetime) {
    ValueStateDescriptor<SubjectMemory> descriptor =
        new ValueStateDescriptor<>("subject-memory", new SubjectMemorySerializer());
    descriptor.enableTimeToLive(
        StateTtlConfig.newBuilder(lifetime)
            .updateTtlOnCreateAndWrite()
            .neverReturnExpired()
            .cleanupInRocksdbCompactFilter(ENTRIES_BETWEEN_CLOCK_READS)
            .build());
    return descriptor;
  }
}
