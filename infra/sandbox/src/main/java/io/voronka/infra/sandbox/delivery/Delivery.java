package io.voronka.infra.sandbox.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * One webhook on its way to one address, however many attempts it takes.
 *
 * @param id ledger line × 1000 + index in the line
 * @param account subdomain
 * @param hookId id of the subscription, 0 for none
 * @param code what it tells, {@code status_lead}; {@code raw} for bytes given by hand
 * @param entity for the records, {@code leads/1}
 * @param mark unique text of generated load, or null
 * @param load id of the load run, or null
 * @param body text body; null when {@code bodyBase64} is given
 * @param headers further headers, or null
 * @param held made but not sent until asked for
 */
public record Delivery(
    long id,
    String account,
    RetryLadder ladder,
    long hookId,
    String destination,
    String code,
    String entity,
    String mark,
    String load,
    String contentType,
    String body,
    String bodyBase64,
    Map<String, String> headers,
    boolean held) {
  public static final String FORM = "application/x-www-form-urlencoded";

  public Delivery {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }

  public byte[] bytes() {
    return bodyBase64 != null
        ? Base64.getDecoder().decode(bodyBase64)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /** The ledger line that made it. */
  public static long ledgerLine(long id) {
    return id / 1000;
  }
}
