package io.voronka.jobs.executeactions.transport;

import java.io.Serializable;
import java.time.Duration;

/**
 * @param allowPrivate whether hosts inside private networks may be called
 * @param connect until there is a connection
 * @param answer from the action's turn until the end of the answer, name lookup included
 * @param answerBytes of an answer's body that are read
 */
public record WebhookLimits(
    boolean allowPrivate, Duration connect, Duration answer, int answerBytes)
    implements Serializable {

  public static WebhookLimits standard(boolean allowPrivate) {
    return new WebhookLimits(allowPrivate, Duration.ofSeconds(3), Duration.ofSeconds(10), 64 << 10);
  }
}
