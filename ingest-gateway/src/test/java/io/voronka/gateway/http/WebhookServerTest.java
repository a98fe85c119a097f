package io.voronka.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.voronka.gateway.accept.KnownAccount;
import io.voronka.gateway.accounts.AccountTable.Origin;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.testing.Accounts;
import io.voronka.gateway.testing.InMemoryLog;
import io.voronka.gateway.testing.InMemoryLog.Weather;
import io.voronka.gateway.testing.ServerFixture;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookServerTest {
  private static final String TOKEN = "t0ken-of-acme";
  private static final String TWO_LEADS =
      "account[id]=31337001&account[subdomain]=acme&leads[update][0][id]=1&leads[update][1][id]=2"
          + "&contacts[update][0][id]=9&contacts[update][0][type]=company";

  @TempDir Path directory;
  private final InMemoryLog log = new InMemoryLog();
  private final Accounts accounts = Accounts.complete(TOKEN, Accounts.ACME);

  @Test
  void archivesTheRequestAndWritesItsEventsInOrder() throws Exception {
    try (ServerFixture server = direct()) {
      assertThat(server.post(TOKEN, TWO_LEADS).statusCode()).isEqualTo(200);

      assertThat(server.archived()).hasSize(1);
      WebhookReceived raw = server.archived().get(0);
      assertThat(raw.getId()).isEqualTo("webhook-1");
      assertThat(raw.getTenantId()).isEqualTo("acme");
      assertThat(raw.getStatus()).isEqualTo(WebhookStatus.ACCEPTED);
      assertThat(StandardCharsets.UTF_8.decode(raw.getBody().duplicate()).toString())
          .isEqualTo(TWO_LEADS);
      assertThat(raw.getPath()).isEqualTo("/webhooks/kommo/-");
      assertThat(raw.getHeaders())
          .containsOnlyKeys("content-type", "user-agent")
          .containsEntry("user-agent", "amoCRM-Webhooks/3.0");
      assertThat(raw.toString()).doesNotContain(TOKEN);
      assertThat(raw.getReceivedAt()).isEqualTo(1_000_000);
      assertThat(raw.getEvents()).isEqualTo(3);

      assertThat(server.events())
          .extracting(CrmEvent::getKind)
          .containsExactly(
              EventKind.LEAD_UPDATED, EventKind.LEAD_UPDATED, EventKind.COMPANY_UPDATED);
      assertThat(server.events()).extracting(CrmEvent::getWebhookId).containsOnly("webhook-1");
      assertThat(log.events()).extracting(record -> record.timestamp()).containsOnly(1_000_000L);
      assertThat(log.events())
          .extracting(record -> record.key())
          .startsWith("acme|acme-kommo", "acme|acme-kommo|LEAD|1", "acme|acme-kommo|LEAD|2");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      for (HttpSettings settings : List.of(listeningOn(port, -1), listeningOn(0, port))) {
        Path spool = Files.createTempDirectory(directory, "spool");
        assertThatThrownBy(() -> ServerFixture.start(spool, log, accounts, settings))
            .isInstanceOf(WebhookServer.StartException.class)
            .hasMessageStartingWith("port " + port + ": Address already in use");
      }
    }
  }

  private static HttpSettings listeningOn(int port, int managementPort) {
    return new HttpSettings(
        "127.0.0.1",
        port,
        managementPort,
        1,
        4096,
        8192,
        20,
        Duration.ofSeconds(10),
        Duration.ofMillis(600));
  }

  @Test
  void answersTheProbeWhateverHappens() throws Exception {
    log.weather(Weather.AWAY);
    try (ServerFixture server = ServerFixture.start(directory, log, new Accounts())) {
      assertThat(server.send("GET", "/webhooks/kommo/any", "").statusCode()).isEqualTo(200);
      assertThat(server.send("HEAD", "/webhooks/kommo/any", "").statusCode()).isEqualTo(200);
      assertThat(server.gateway.spool.empty()).isTrue();
    }
  }

  @Test
  void aTokenMayBeWrittenWithEscapes() throws Exception {
    try (ServerFixture server = direct()) {
      assertThat(server.post("t0ken%2Dof%2d%61cme", TWO_LEADS).statusCode()).isEqualTo(200);
      assertThat(server.post("t0ken-of-acme%2F", TWO_LEADS).statusCode()).isEqualTo(404);

      assertThat(server.archived()).hasSize(1);
    }
  }

  @Test
  void archivesWhatItRejectsAndStillAnswers200() throws Exception {
    accounts.load(
        Origin.CONTROL_TOPICS,
        Map.of(
            TOKEN,
            Accounts.ACME,
            "tenant-off",
            account(false, true, "kommo"),
            "account-off",
            account(true, false, "kommo"),
            "other-crm",
            account(true, true, "bitrix")));
    try (ServerFixture server = direct()) {
      Map.of(
              "account-mismatch", new String[] {TOKEN, "account[id]=666&leads[add][0][id]=1"},
              "empty-body", new String[] {TOKEN, ""},
              "nothing-understood", new String[] {TOKEN, "hello=world"},
              "broken-json", new String[] {TOKEN, "{\"a\":"},
              "tenant-inactive", new String[] {"tenant-off", TWO_LEADS},
              "account-inactive", new String[] {"account-off", TWO_LEADS},
              "unsupported-crm", new String[] {"other-crm", TWO_LEADS})
          .forEach(
              (reason, request) -> {
                int before = server.archived().size();
                assertThat(server.post(request[0], request[1]).statusCode()).isEqualTo(200);
                WebhookReceived raw = server.archived().get(before);
                assertThat(raw.getStatus()).isEqualTo(WebhookStatus.REJECTED);
                assertThat(raw.getRejection()).isEqualTo(reason);
                assertThat(StandardCharsets.UTF_8.decode(raw.getBody().duplicate()).toString())
                    .isEqualTo(request[1]);
                assertThat(server.rejected(reason)).isEqualTo(1);
              });
      assertThat(server.events()).isEmpty();
    }
  }

  @Test
  void archivesAPartlyUnderstoodBodyWithWhatWasUnderstood() throws Exception {
    try (ServerFixture server = direct()) {
      server.post(TOKEN, TWO_LEADS + "&novelty[add][0][id]=5");

      WebhookReceived raw = server.archived().get(0);
      assertThat(raw.getStatus()).isEqualTo(WebhookStatus.PARTLY_UNDERSTOOD);
      assertThat(raw.getRejection()).isEqualTo("unknown-key");
      assertThat(raw.getDetail()).contains("novelty");
      assertThat(server.events()).hasSize(3);
    }
  }

  @Test
  void archivesAnyNoise() throws Exception {
    Random random = new Random(42);
    try (ServerFixture server = direct()) {
      for (int i = 1; i <= 300; i++) {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        assertThat(server.send("POST", "/webhooks/kommo/" + TOKEN, noise).statusCode())
            .isEqualTo(200);
        assertThat(server.archived()).hasSize(i);
        assertThat(server.archived().get(i - 1).getBody().array()).isEqualTo(noise);
      }
    }
  }

  @Test
  void judgesLaterWhatCameBeforeTheControlRows() throws Exception {
    Accounts unloaded = new Accounts();
    try (ServerFixture server = ServerFixture.start(directory, log, unloaded)) {
      await().until(() -> server.mode() == Outbox.Mode.DIRECT);
      assertThat(server.post(TOKEN, TWO_LEADS).statusCode()).isEqualTo(200);
      assertThat(server.post("nobody", TWO_LEADS).statusCode()).isEqualTo(200);
      unloaded.load(Origin.DISK_COPY, Map.of("other", Accounts.ACME));
      assertThat(server.post(TOKEN, "leads[add][0][id]=77").statusCode()).isEqualTo(200);
      assertThat(server.post("other", "leads[add][0][id]=88").statusCode()).isEqualTo(200);
      assertThat(server.gateway.spool.entries()).isEqualTo(4);
      assertThat(log.events()).isEmpty();

      unloaded.load(Origin.CONTROL_TOPICS, Map.of(TOKEN, Accounts.ACME, "other", Accounts.ACME));
      await().until(() -> server.mode() == Outbox.Mode.DIRECT);

      assertThat(server.events())
          .extracting(CrmEvent::getSubjectId)
          .containsExactly("1", "2", "9", "77", "88");
      assertThat(server.archived())
          .extracting(WebhookReceived::getId)
          .containsExactly("webhook-1", "webhook-3", "webhook-4");
      assertThat(server.gateway.counter("spool.unknown.token")).isEqualTo(1);
      assertThat(server.post("nobody", TWO_LEADS).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void theTokenIsNowhereInTheSpool() throws Exception {
    log.weather(Weather.AWAY);
    try (ServerFixture server = ServerFixture.start(directory, log, new Accounts())) {
      server.post(TOKEN, TWO_LEADS);
      server.post("s3cret-token", TWO_LEADS);
    }
    try (var files = Files.list(directory)) {
      assertThat(files)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(TOKEN)
                      .doesNotContain("s3cret-token"));
    }
  }

  @Test
  void answersWhatIsBeingServedWhenItStops() throws Exception {
    try (ServerFixture server = direct()) {
      log.weather(Weather.SILENT);
      var pending = CompletableFuture.supplyAsync(() -> server.post(TOKEN, TWO_LEADS));
      await().until(() -> server.gateway.counter("webhooks.archived") == 1);

      server.stop();

      assertThat(pending.join().statusCode()).isEqualTo(200);
      assertThat(server.gateway.spool.entries()).isEqualTo(1);
    }
  }

  @Test
  void tellsItsHealthReadinessAndMetrics() throws Exception {
    try (ServerFixture server = direct()) {
      server.post(TOKEN, TWO_LEADS);
      assertThat(server.send("GET", "/health", "").body()).isEqualTo("{\"status\":\"up\"}");
      assertThat(server.send("GET", "/ready", "").statusCode()).isEqualTo(200);
      assertThat(server.send("GET", "/metrics", "").body())
          .contains("voronka_gateway_webhooks_archived_total{status=\"accepted\"} 1.0")
          .contains("voronka_gateway_events_total 3.0")
          .contains("voronka_gateway_acknowledgement_seconds_count 1")
          .contains("voronka_gateway_requests_refused_total{reason=\"body-too-large\"} 0.0");
    }
  }

  private ServerFixture direct() throws Exception {
    ServerFixture server = ServerFixture.start(directory, log, accounts);
    await().until(() -> server.mode() == Outbox.Mode.DIRECT);
    return server;
  }

  private static KnownAccount account(boolean tenantActive, boolean accountActive, String crm) {
    return new KnownAccount(
        "acme", "acme-kommo", crm, "acme", "31337001", tenantActive, accountActive);
  }
}
