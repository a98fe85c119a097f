package io.voronka.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accounts.AccountTable.Origin;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.testing.Accounts;
import io.voronka.gateway.testing.InMemoryLog;
import io.voronka.gateway.testing.ServerFixture;
import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's word that an account has removed our integration. */
class UninstallTest {
  private static final String TOKEN = "t0ken-of-acme";
  private static final String PATH = "/webhooks/kommo/" + TOKEN + "/uninstalled";
  private static final String CLIENT = "client_uuid=00000000-0000-0000-0000-000000000001";
  private static final String SIGNED =
      CLIENT
          + "&account_id=31337001"
          + "&signature=c712f67b090bd21e088af9ec37821e016925e53609a56a0a1487013a9b7590b6";

  @TempDir Path directory;
  private final InMemoryLog log = new InMemoryLog();
  private final Accounts accounts = Accounts.complete(TOKEN, Accounts.ACME);

  @Test
  void isArchivedAndBecomesAnEventAndAnAlert() throws Exception {
    try (ServerFixture server = direct()) {
      assertThat(server.send("GET", PATH + "?" + SIGNED, "").statusCode()).isEqualTo(200);

      WebhookReceived raw = server.archived().get(0);
      assertThat(raw.getStatus()).isEqualTo(WebhookStatus.ACCEPTED);
      assertThat(raw.getMethod()).isEqualTo("GET");
      assertThat(raw.getPath()).isEqualTo("/webhooks/kommo/-/uninstalled");
      assertThat(StandardCharsets.UTF_8.decode(raw.getBody().duplicate()).toString())
          .isEqualTo(SIGNED);
      assertThat(raw.getEvents()).isEqualTo(1);
      CrmEvent event = server.events().get(0);
      assertThat(event.getKind()).isEqualTo(EventKind.INTEGRATION_UNINSTALLED);
      assertThat(event.getWebhookId()).isEqualTo(raw.getId());
      OutgoingRecord record = alertRecords().get(0);
      assertThat(record.key()).isEqualTo("acme");
      assertThat(record.timestamp()).isEqualTo(raw.getReceivedAt());
      AlertRaised alert = alert(record);
      assertThat(alert.getKind()).isEqualTo(AlertKind.INTEGRATION_UNINSTALLED);
      assertThat(alert.getCauses()).containsExactly(event.getId(), raw.getId());
      assertThat(alert.getRaisedBy()).isEqualTo("gateway-test");
      assertThat(alert.getResolved()).isFalse();
      assertThat(server.gateway.counter("alerts")).isEqualTo(1);
    }
  }

  @Test
  void whatIsNotSignedIsArchivedAndAnsweredAllTheSame() throws Exception {
    try (ServerFixture server = direct()) {
      Map.of(
              "bad-signature", SIGNED.replace("c712", "d712"),
              "unknown-client", SIGNED.replace("0001&", "0002&"),
              "missing-parameter", CLIENT)
          .forEach(
              (reason, query) -> {
                assertThat(server.send("GET", PATH + "?" + query, "").statusCode()).isEqualTo(200);
                assertThat(server.rejected(reason)).isEqualTo(1);
              });
      assertThat(server.send("GET", PATH, "").statusCode()).isEqualTo(200);

      assertThat(server.archived())
          .hasSize(4)
          .extracting(WebhookReceived::getStatus)
          .containsOnly(WebhookStatus.REJECTED);
      assertThat(server.events()).isEmpty();
      assertThat(alertRecords()).isEmpty();
    }
  }

  @Test
  void otherWaysInAreTakenForWhatTheyAre() throws Exception {
    try (ServerFixture server = direct()) {
      assertThat(
              server.send("GET", "/webhooks/kommo/nobody/uninstalled?" + SIGNED, "").statusCode())
          .isEqualTo(404);
      assertThat(server.send("POST", PATH, SIGNED).statusCode()).isEqualTo(405);
      assertThat(server.send("HEAD", PATH, "").statusCode()).isEqualTo(200);
      assertThat(server.send("GET", "/webhooks/kommo/a/b/uninstalled", "").statusCode())
          .isEqualTo(404);
      // a token may be called anything
      assertThat(server.send("GET", "/webhooks/kommo/uninstalled", "").statusCode()).isEqualTo(200);
      assertThat(server.archived()).isEmpty();
    }
  }

  @Test
  void isJudgedLaterWhenItCameBeforeTheControlRows() throws Exception {
    Accounts unloaded = new Accounts();
    try (ServerFixture server = ServerFixture.start(directory, log, unloaded)) {
      await().until(() -> server.mode() == Outbox.Mode.DIRECT);
      assertThat(server.send("GET", PATH + "?" + SIGNED, "").statusCode()).isEqualTo(200);
      assertThat(server.gateway.spool.entries()).isEqualTo(1);

      unloaded.load(Origin.CONTROL_TOPICS, Map.of(TOKEN, Accounts.ACME));
      await().until(() -> server.mode() == Outbox.Mode.DIRECT);

      assertThat(server.events()).hasSize(1);
      assertThat(alert(alertRecords().get(0)).getTenantId()).isEqualTo("acme");
      assertThat(server.gateway.counter("alerts")).isEqualTo(1);
    }
  }

  private ServerFixture direct() throws Exception {
    ServerFixture server = ServerFixture.start(directory, log, accounts);
    await().until(() -> server.mode() == Outbox.Mode.DIRECT);
    return server;
  }

  private List<OutgoingRecord> alertRecords() {
    return log.events().stream()
        .filter(record -> record.topic().equals(Topics.ALERTS_RAISED))
        .toList();
  }

  private static AlertRaised alert(OutgoingRecord record) {
    return RecordCodec.of(AlertRaised.class).decode(record.value());
  }
}
