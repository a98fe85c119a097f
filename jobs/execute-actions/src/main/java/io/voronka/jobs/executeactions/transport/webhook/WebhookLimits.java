package io.voronka.jobs.executeactions.transport.webhook;

import java.io.Serializable;
import java.time.Duration;

/**
 * @param connect until there is a connection
 * @param answer from the action's turn until the end of the answer, name lookup included
 * @param requestBytes the largest body that is sent
 * @param answerBytes of an answer's body that are read
 */
public record WebhookLimits(Duration connect, Duration answer, int requestBytes, int answerBytes)
    implements Serializable {

  public static WebhookLimits standard() {
    return new WebhookLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), 256 << 10, 64 << 10);
  }
}
