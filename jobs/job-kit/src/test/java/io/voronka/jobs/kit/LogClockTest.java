package io.voronka.jobs.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.junit.jupiter.api.Test;

final class LogClockTest {

  @Test
  void nowIsTheLaterOfEventAndWatermark() {
    assertThat(LogClock.now(10, 5)).isEqualTo(10);
    assertThat(LogClock.now(10, 15)).isEqualTo(15);
    assertThat(LogClock.now(10, Long.MIN_VALUE)).isEqualTo(10);
  }

  @Test
  void eventsAndControlWaitForEachOther() {
    LogClock clock = LogClock.of("job").withMostDrift(Duration.ofMinutes(1));
    WatermarkAlignmentParams events = clock.<String>events().getAlignmentParameters();
    WatermarkAlignmentParams control = clock.<String>control().getAlignmentParameters();

    assertThat(events.getWatermarkGroup()).isEqualTo(control.getWatermarkGroup());
    assertThat(events.getMaxAllowedWatermarkDrift()).isEqualTo(60_000);
  }

  @Test
  void anInputWithoutTicksIsAlwaysAheadAndThereforeNotAligned() {
    assertThat(LogClock.of("job").<String>untimed().getAlignmentParameters().isEnabled()).isFalse();
  }
}
