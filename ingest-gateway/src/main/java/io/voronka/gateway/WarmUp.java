package io.voronka.gateway;

import io.voronka.gateway.accept.KnownAccount;
import io.voronka.gateway.accept.KommoDecoder;
import io.voronka.gateway.accept.RawWebhook;
import io.voronka.gateway.accept.WebhookAcceptor;
import io.voronka.gateway.accept.WebhookRecords;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Decodes and encodes an invented webhook some times before the port opens: the first real one must
 * not wait for the loading of classes, since its sender does not wait for long. Nothing of it goes
 * anywhere.
 */
final class WarmUp {
  private static final int TIMES = 200;
  private static final String BODY =
      "account[id]=1&leads[status][0][id]=1&leads[status][0][status_id]=2"
          + "&leads[status][0][custom_fields][0][id]=3&leads[status][0][custom_fields][0][values][0][value]=%D0%B0"
          + "&message[add][0][id]=m&message[add][0][chat_id]=c&unknown=x";

  private WarmUp() {}

  static void run(WebhookAcceptor acceptor) {
    KnownAccount account = new KnownAccount("t", "a", KommoDecoder.CRM, "", "1", true, true);
    WebhookRecords encoder = new WebhookRecords();
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < TIMES; i++) {
      encoder.of(
          acceptor.accept(new RawWebhook("warm-up", "", 0, "POST", "", Map.of(), body), account));
    }
  }
}
