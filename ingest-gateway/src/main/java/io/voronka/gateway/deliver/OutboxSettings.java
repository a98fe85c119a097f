package io.voronka.gateway.deliver;

import java.time.Duration;

/**
 * @param ackTimeout how long Kafka may take before the spool is used instead
 * @param drainTimeout how long Kafka may take over one window of spooled entries
 * @param retryPause between attempts to reach Kafka
 * @param windowEntries spooled entries sent at once
 * @param tickPeriod between ticks; zero: none
 */
public record OutboxSettings(
    Duration ackTimeout,
    Duration drainTimeout,
    Duration retryPause,
    int windowEntries,
    Duration tickPeriod) {

  /** What fits a vendor that waits for two seconds. */
  public static OutboxSettings defaults() {
    return new OutboxSettings(
        Duration.ofMillis(700),
        Duration.ofSeconds(5),
        Duration.ofMillis(250),
        512,
        Duration.ofMillis(250));
  }
}
