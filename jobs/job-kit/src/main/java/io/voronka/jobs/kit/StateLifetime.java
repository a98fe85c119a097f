package io.voronka.jobs.kit;

import java.time.Duration;
import org.apache.flink.api.common.state.StateTtlConfig;

/** How long keyed state lives. */
public final class StateLifetime {
  private static final int ENTRIES_BETWEEN_CLOCK_READS = 1000;

  private StateLifetime() {}

  /** Counts from the last write; cleaned up while RocksDB compacts. */
  public static StateTtlConfig sinceWritten(Duration lifetime) {
    return StateTtlConfig.newBuilder(lifetime)
        .updateTtlOnCreateAndWrite()
        .neverReturnExpired()
        .cleanupInRocksdbCompactFilter(ENTRIES_BETWEEN_CLOCK_READS)
        .build();
  }
}
