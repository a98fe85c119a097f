package io.voronka.gateway.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.gateway.testing.Accounts;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
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

  @Test
  void anEventThatTheLogWouldRefuseIsArchivedOnly() {
    WebhookAcceptor acceptor = acceptor(new KommoDecoder(Map.of()));
    byte[] start =
        "leads[add][0][id]=5&leads[note][0][note][id]=1&leads[note][0][note][note_type]=10&leads[note][0][note][text]={\"A\":\""
            .getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(start, 250_000);
    // Each stray byte becomes a letter of three, in the text and in the call's details.
    Arrays.fill(body, start.length, body.length - 2, (byte) 0x97);
    body[body.length - 2] = '"';
    body[body.length - 1] = '}';

    AcceptedWebhook accepted = acceptor.accept(webhook("w1", body), Accounts.ACME);

    assertThat(accepted.events()).extracting(CrmEvent::getEntityId).containsExactly("5");
    assertThat(accepted.received().getEvents()).isEqualTo(1);
    assertThat(accepted.received().getStatus()).isEqualTo(WebhookStatus.PARTLY_UNDERSTOOD);
    assertThat(accepted.received().getRejection()).isEqualTo("event-too-large");
    assertThat(accepted.received().getBody().array()).isEqualTo(body);
  }

  @Test
  void aCompressedBodyIsReadAndArchivedAsItCame() throws IOException {
    WebhookAcceptor acceptor = acceptor(new KommoDecoder(Map.of()));
    byte[] body = gzip(BODY.getBytes(StandardCharsets.UTF_8));

    AcceptedWebhook accepted =
        acceptor.accept(webhook("w1", body, Map.of("content-encoding", "GZIP")), Accounts.ACME);

    assertThat(accepted.events()).extracting(CrmEvent::getEntityId).containsExactly("5", "6");
    assertThat(accepted.received().getStatus()).isEqualTo(WebhookStatus.ACCEPTED);
    assertThat(accepted.received().getBody().array()).isEqualTo(body);
  }

  @Test
  void aBodyThatIsPlainWhateverItsHeaderSaysIsReadAsItIs() {
    WebhookAcceptor acceptor = acceptor(new KommoDecoder(Map.of()));
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);

    for (String encoding : List.of("gzip", "utf-8", "identity", "")) {
      AcceptedWebhook accepted =
          acceptor.accept(webhook("w1", body, Map.of("content-encoding", encoding)), Accounts.ACME);
      assertThat(accepted.events()).as(encoding).hasSize(2);
    }
  }

  /** A thousandth of its size on the wire, and a heap full behind it. */
  @Test
  void noMoreIsInflatedThanABodyMayHave() throws IOException {
    WebhookAcceptor acceptor = acceptor(new KommoDecoder(Map.of()));
    byte[] bomb = gzip(new byte[300 << 20]);

    WebhookReceived raw =
        acceptor
            .accept(webhook("w1", bomb, Map.of("content-encoding", "gzip")), Accounts.ACME)
            .received();

    assertThat(raw.getStatus()).isEqualTo(WebhookStatus.REJECTED);
    assertThat(raw.getRejection()).isEqualTo("body-not-inflated");
    assertThat(raw.getDetail()).isEqualTo("inflates to more than 1048576 bytes");
  }

  @Test
  void aCompressedBodyThatIsCutOffIsArchivedAsRejected() throws IOException {
    WebhookAcceptor acceptor = acceptor(new KommoDecoder(Map.of()));
    byte[] whole = gzip(BODY.getBytes(StandardCharsets.UTF_8));

    for (int length = 3; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      WebhookReceived raw =
          acceptor
              .accept(webhook("w1", cut, Map.of("content-encoding", "gzip")), Accounts.ACME)
              .received();
      assertThat(raw.getRejection()).as("%d bytes", length).isEqualTo("body-not-inflated");
      assertThat(raw.getBody().array()).isEqualTo(cut);
    }
  }

  private static WebhookAcceptor acceptor(WebhookDecoder decoder) {
    return new WebhookAcceptor(Map.of(KommoDecoder.CRM, decoder), 1 << 20, "gateway-test");
  }

  private static RawWebhook webhook(String id) {
    return webhook(id, BODY.getBytes(StandardCharsets.UTF_8));
  }

  private static RawWebhook webhook(String id, byte[] body) {
    return webhook(id, body, Map.of());
  }

  private static RawWebhook webhook(String id, byte[] body, Map<String, String> headers) {
    return new RawWebhook(id, "hash", 1_000, "POST", "/webhooks/kommo/-", headers, body);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
