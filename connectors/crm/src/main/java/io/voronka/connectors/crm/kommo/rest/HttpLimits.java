package io.voronka.connectors.crm.kommo.rest;

import java.time.Duration;

/**
 * Bounds of one request.
 *
 * @param connect until there is a connection
 * @param answer from sending until the last byte of the answer
 * @param answerBytes largest answer that is read
 */
public record HttpLimits(Duration connect, Duration answer, int answerBytes) {
  /** 3 s, 15 s, 8 MiB. */
  public static final HttpLimits USUAL =
      new HttpLimits(Duration.ofSeconds(3), Duration.ofSeconds(15), 8 << 20);
}
