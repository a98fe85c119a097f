package io.voronka.infra.local.soak;

import io.voronka.infra.local.process.Polling;
import io.voronka.infra.sandbox.client.LoadReport;
import io.voronka.infra.sandbox.client.SandboxClient;
import java.time.Duration;

/** The vendor's attempts to deliver what was refused, or not answered, during a kill. */
final class RetryLadder {
  /** The vendor's longest wait between two attempts. */
  private static final Duration LONGEST_STEP = Duration.ofMinutes(61);

  private final SandboxClient sandbox;

  RetryLadder(SandboxClient sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Lets it run to its end: what was refused comes again.
   *
   * @param webhooks that the load makes at least
   * @throws IllegalStateException when the load does not come to rest in time
   */
  void runToItsEnd(String load, long webhooks, Duration patience) {
    boolean rested =
        Polling.until(
            patience,
            Duration.ofMillis(250),
            () -> {
              LoadReport report = sandbox.load(load);
              if (report.webhooks() < webhooks || report.answered() < report.webhooks()) {
                return false;
              }
              if (report.delivered() + report.gaveUp() < report.webhooks()) {
                sandbox.advance(LONGEST_STEP);
                return false;
              }
              return true;
            });
    if (!rested) {
      throw new IllegalStateException("the load did not come to rest: " + sandbox.load(load));
    }
  }
}
