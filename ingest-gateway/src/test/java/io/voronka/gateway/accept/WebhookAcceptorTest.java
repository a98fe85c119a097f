package io.voronka.gateway.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.gateway.testing.Accounts;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookAcceptorTest {
  private static final String BODY = "account[id]=31337001&leads[add][0][id]=5&leads[add][1][id]=6";

  @Test
  void theSameRequestGivesTheSameBytes() {
    WebhookAcceptor acceptor = acceptor(new KommoDecoder(Map.of()));
    WebhookRecords one = new WebhookRecords();
    WebhookRecords other = new WebhookRecords();
    RawWebhook webhook = webhook("w1");

    List<OutgoingRecord> first = one.of(acceptor.accept(webhook, Accounts.ACME));
    List<OutgoingRecord> again = other.of(acceptor.accept(webhook, Accounts.ACME));

    assertThat(first).hasSize(3).usingRecursiveComparison().isEqualTo(again);
  }

  @Test
  void aRetryIsANewRequestWithTheSameEvents() {
    WebhookAcceptor acceptor = acceptor(new KommoDecoder(Map.of()));

    AcceptedWebhook first = acceptor.accept(webhook("w1"), Accounts.ACME);
    AcceptedWebhook retry = acceptor.accept(webhook("w2"), Accounts.ACME);

    assertThat(first.received().getId()).isNotEqualTo(retry.received().getId());
    assertThat(first.events()).extracting(CrmEvent::getId).doesNotHaveDuplicates();
    assertThat(retry.events())
        .extracting(CrmEvent::getId)
        .isEqualTo(first.events().stream().map(CrmEvent::getId).toList());
  }

  @Test
  void aBrokenDecoderCostsNoWebhook() {
    WebhookAcceptor acceptor =
        acceptor(
            (webhook, account, gatewayId) -> {
              throw new IllegalStateException("secret detail");
            });

    AcceptedWebhook accepted = acceptor.accept(webhook("w1"), Accounts.ACME);

    WebhookReceived raw = accepted.received();
    assertThat(raw.getStatus()).isEqualTo(WebhookStatus.REJECTED);
    assertThat(raw.getRejection()).isEqualTo("decoder-failed");
    assertThat(raw.getDetail()).isEqualTo("IllegalStateException");
    assertThat(raw.getBody().array()).isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
    assertThat(accepted.events()).isEmpty();
  }

  private static WebhookAcceptor acceptor(WebhookDecoder decoder) {
    return new WebhookAcceptor(Map.of(KommoDecoder.CRM, decoder), "gateway-test");
  }

  private static RawWebhook webhook(String id) {
    return new RawWebhook(
        id,
        "hash",
        1_000,
        "POST",
        "/webhooks/kommo/-",
        Map.of(),
        BODY.getBytes(StandardCharsets.UTF_8));
  }
}
