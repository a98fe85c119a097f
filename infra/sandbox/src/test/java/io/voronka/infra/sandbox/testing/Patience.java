package io.voronka.infra.sandbox.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waiting on conditions: quick to notice, slow to give up, as build machines are often busy. */
public final class Patience {
  private Patience() {}

  public static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5));
  }
}
