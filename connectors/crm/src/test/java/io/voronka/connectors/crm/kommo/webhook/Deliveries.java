package io.voronka.connectors.crm.kommo.webhook;

import io.voronka.connectors.testing.kommo.KommoBodies;
import io.voronka.schemas.CrmEvent;
import java.nio.charset.StandardCharsets;

/** Bodies and their receiver, for tests. Names, ids and numbers are invented. */
final class Deliveries {
  static final DeliveryContext CONTEXT =
      new DeliveryContext(
          "acme-gmbh", "acme", "31337001", "acme", 1_748_268_670_123L, "wh-1", "gw-1");

  static final String GOLDEN = KommoBodies.GOLDEN;

  private static final KommoWebhookDecoder DECODER = new KommoWebhookDecoder();

  private Deliveries() {}

  static Decoded decode(String body) {
    return decode(body.getBytes(StandardCharsets.UTF_8));
  }

  static Decoded decode(byte[] body) {
    return DECODER.decode(CONTEXT, body, "application/x-www-form-urlencoded");
  }

  /** The only event of a body that is understood whole. */
  static CrmEvent only(String body) {
    return only(body.getBytes(StandardCharsets.UTF_8));
  }

  /** As the other. */
  static CrmEvent only(byte[] body) {
    Decoded decoded = decode(body);
    if (decoded.events().size() != 1 || decoded.detail() != null) {
      throw new AssertionError("not exactly one event and nothing else: " + decoded);
    }
    return decoded.events().get(0);
  }
}
