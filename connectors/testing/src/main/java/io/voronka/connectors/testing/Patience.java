package io.voronka.connectors.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * Lets every {@code await()} wait for a minute, and look often. JUnit finds it by itself. The ten
 * seconds that Awaitility gives are soon over on a machine that has other work; a condition that
 * will never hold only fails later, and one that holds is seen at once.
 */
public final class Patience implements Extension {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  /** Called by JUnit, once. */
  public Patience() {
    Awaitility.setDefaultTimeout(LIMIT);
    Awaitility.setDefaultPollInterval(INTERVAL);
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }
}
