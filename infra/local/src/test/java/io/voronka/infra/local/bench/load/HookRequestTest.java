package io.voronka.infra.local.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.kommo.webhook.Decoded;
import io.voronka.connectors.crm.kommo.webhook.DeliveryContext;
import io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.WebhookStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HookRequestTest {
  private static final long ACCOUNT = 31_337_001;
  private static final String TYPE = "application/x-www-form-urlencoded";

  private final HookRequest hook = HookRequest.to("127.0.0.1:1", "token", ACCOUNT);
  private final ByteBuffer buffer = ByteBuffer.allocate(hook.size());

  @Test
  void isAWholeRequestWithTheLengthItAnnounces() {
    hook.write(7, buffer);

    String text = StandardCharsets.US_ASCII.decode(buffer).toString();
    int body = text.indexOf("\r\n\r\n") + 4;
    assertThat(text).startsWith("POST /webhooks/kommo/token HTTP/1.1\r\nHost: 127.0.0.1:1\r\n");
    assertThat(text)
        .contains("\r\nContent-Length: " + (text.length() - body) + "\r\n")
        .doesNotContain("{", "}");
    assertThat(text.length() - body).isEqualTo(1_454);
  }

  @Test
  void everyNumberIsAnotherEventAboutAStageChange() {
    Set<String> ids = new HashSet<>();
    Set<String> requests = new HashSet<>();
    for (long number : new long[] {0, 1, 2, 199_999, 200_000, 200_001, 400_000, 9_999_999}) {
      CrmEvent event = decoded(number);
      ids.add(event.getId());
      requests.add(StandardCharsets.US_ASCII.decode(buffer.rewind()).toString());
      assertThat(event.getKind()).isEqualTo(EventKind.LEAD_STAGE_CHANGED);
      assertThat(event.getPrevious().get("status_id"))
          .isNotEqualTo(event.getFields().get("status_id"));
    }
    assertThat(ids).hasSize(8);
    assertThat(requests).hasSize(8);
  }

  @Test
  void theSameNumberIsTheSameEvent() {
    assertThat(decoded(42).getId()).isEqualTo(decoded(42).getId());
  }

  private CrmEvent decoded(long number) {
    hook.write(number, buffer);
    Decoded decoded =
        new KommoWebhookDecoder()
            .decode(
                new DeliveryContext(
                    "bench", "kommo-1", Long.toString(ACCOUNT), "acme", 1, "hook", "gateway"),
                hook.form(),
                TYPE);
    assertThat(decoded.status()).isEqualTo(WebhookStatus.ACCEPTED);
    assertThat(decoded.events()).hasSize(1);
    return decoded.events().get(0);
  }
}
