package io.voronka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.gateway.testing.ControlRows;
import io.voronka.gateway.testing.GatewayProcess;
import io.voronka.gateway.testing.LeadSenders;
import io.voronka.schemas.AlertKind;
import io.voronka.schemas.AlertRaised;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.SchemaPublished;
import io.voronka.schemas.Topics;
import io.voronka.schemas.WebhookReceived;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as a process, against a real broker that comes and goes. */
class GatewayIT {
  private static final int SENDERS = 20;
  private static final String TOKEN = "t0ken-of-acme";
  private static final Duration START = Duration.ofMinutes(2);

  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.thatMayStop();

  @TempDir Path folder;
  private boolean away;

  @BeforeAll
  static void topics() {
    KAFKA.createAllTopics("");
    ControlRows.publish(
        ControlRows.acme(TOKEN),
        (topic, row) -> KAFKA.produce(topic, 1, row.getKey(), row.getValue()));
  }

  @Test
  void writesWebhooksEventsTicksAndSchemas() throws Exception {
    try (GatewayProcess gateway = start()) {
      await().atMost(START).until(() -> gateway.direct() && gateway.knowsItsAccounts());
      assertThat(post(gateway, TOKEN, "account[id]=31337001&leads[add][0][id]=900001"))
          .isEqualTo(200);
      assertThat(post(gateway, "nobody", "leads[add][0][id]=900002")).isEqualTo(404);

      ConsumerRecord<byte[], byte[]> record =
          KAFKA.consume(Topics.CRM_EVENTS).stream()
              .filter(
                  one ->
                      one.key() != null
                          && new String(one.key(), StandardCharsets.UTF_8)
                              .equals("acme|acme-kommo|LEAD|900001"))
              .findFirst()
              .orElseThrow();
      CrmEvent event = RecordCodec.of(CrmEvent.class).decode(record.value());
      assertThat(event.getKind()).isEqualTo(EventKind.LEAD_CREATED);
      assertThat(record.timestamp()).isEqualTo(event.getReceivedAt());
      WebhookReceived raw =
          KAFKA.consume(Topics.WEBHOOKS_RECEIVED, WebhookReceived.class).stream()
              .filter(one -> one.getId().equals(event.getWebhookId()))
              .findFirst()
              .orElseThrow();
      assertThat(raw.getGatewayId()).isEqualTo("gateway-1");
      assertThat(KAFKA.consume(Topics.SCHEMAS_PUBLISHED, SchemaPublished.class))
          .extracting(SchemaPublished::getName)
          .contains("io.voronka.schemas.CrmEvent", "io.voronka.schemas.WebhookReceived");
      await().untilAsserted(() -> assertThat(partitionsWithTicks()).hasSize(12));
      assertThat(gateway.terminate()).isEqualTo(143);
    }
  }

  @Test
  void tellsOnTheTopicOfAlertsThatAnIntegrationWasRemoved() throws Exception {
    String client = "00000000-0000-0000-0000-000000000001";
    Path secret = Files.writeString(folder.resolve("secret"), "client_secret_1\n");
    try (GatewayProcess gateway =
        GatewayProcess.start(
            folder,
            KAFKA.bootstrapServers(),
            "--kommo.clients",
            client + "=file:" + secret.toAbsolutePath())) {
      await().atMost(START).until(() -> gateway.direct() && gateway.knowsItsAccounts());

      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              "http://127.0.0.1:%d/webhooks/kommo/%s/uninstalled?client_uuid=%s&account_id=31337001&signature=%s"
                                  .formatted(
                                      gateway.port(),
                                      TOKEN,
                                      client,
                                      "c712f67b090bd21e088af9ec37821e016925e53609a56a0a1487013a9b7590b6")))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(KAFKA.consume(Topics.ALERTS_RAISED, AlertRaised.class))
          .extracting(AlertRaised::getKind)
          .containsExactly(AlertKind.INTEGRATION_UNINSTALLED);
      assertThat(KAFKA.consume(Topics.CRM_EVENTS, CrmEvent.class))
          .extracting(CrmEvent::getKind)
          .contains(EventKind.INTEGRATION_UNINSTALLED);
    }
  }

  @Test
  void knowsItsTokensAtAStartWithoutKafka() throws Exception {
    try (GatewayProcess gateway = start()) {
      await().atMost(START).until(gateway::knowsItsAccounts);
      gateway.terminate();
    }
    stopKafka();
    try (GatewayProcess gateway = start()) {
      assertThat(post(gateway, TOKEN, "leads[add][0][id]=900003")).isEqualTo(200);
      assertThat(gateway.spoolEntries()).isEqualTo(1);
      startKafka();
      await().atMost(START).until(gateway::direct);
      assertThat(events()).extracting(CrmEvent::getSubjectId).contains("900003");
    } finally {
      startKafka();
    }
  }

  @Test
  void losesNothingAndKeepsTheOrderWhileKafkaIsAwayAndTheGatewayIsKilled() throws Exception {
    long outageSeconds = Long.getLong("gateway.outage.seconds", 60);
    AtomicReference<GatewayProcess> gateway = new AtomicReference<>(start());
    try (LeadSenders senders =
        LeadSenders.start(TOKEN, () -> gateway.get().port(), SENDERS, Duration.ofMillis(100))) {
      await().atMost(START).until(() -> gateway.get().direct() && senders.acknowledged() > 200);
      long before = senders.slowestMillis();
      int acknowledgedBefore = senders.acknowledged();
      long gone = System.nanoTime();
      stopKafka();
      int third = (int) (outageSeconds * 200 / 3);
      await().atMost(Duration.ofMinutes(5)).until(() -> gateway.get().spoolEntries() >= third);
      long depthAtKill = gateway.get().spoolEntries();
      gateway.get().kill();
      gateway.set(start());
      // The depth counts what waits to be written too, one of each sender's at most.
      assertThat(gateway.get().spoolEntries()).isGreaterThanOrEqualTo(depthAtKill - SENDERS);
      await()
          .atMost(Duration.ofMinutes(5))
          .until(
              () ->
                  gateway.get().spoolEntries() >= 3L * third
                      && System.nanoTime() - gone >= outageSeconds * 1_000_000_000);
      long depth = gateway.get().spoolEntries();
      double seconds = (System.nanoTime() - gone) / 1e9;
      double rate = (senders.acknowledged() - acknowledgedBefore) / seconds;

      startKafka();
      await().atMost(START).until(() -> gateway.get().direct());
      int drainedAt = senders.acknowledged();
      await().until(() -> senders.acknowledged() > drainedAt + 100);
      senders.stop();

      System.out.printf(
          "Kafka away for %.1f s at %.0f webhooks a second: %d acknowledged in all, spool depth %d at the kill, %d at the return; "
              + "slowest answer %d ms before, %d ms in all; no answer in 2 s: %d%n",
          seconds,
          rate,
          senders.acknowledged(),
          depthAtKill,
          depth,
          before,
          senders.slowestMillis(),
          senders.timeouts());
      assertThat(depth).isPositive();
      assertThat(senders.refusals()).isZero();
      // A slow machine may be late now and then; the rule itself is proved without a process.
      assertThat(senders.timeouts()).isLessThan(senders.acknowledged() / 20);
      List<CrmEvent> ours =
          events().stream()
              .filter(event -> event.getSubjectType() == EntityType.LEAD)
              .filter(event -> event.getSubjectId().length() < 6)
              .toList();
      assertThat(LeadSenders.stagesOf(ours)).containsExactlyInAnyOrderEntriesOf(senders.expected());
      Set<String> archived = new HashSet<>();
      KAFKA
          .consume(Topics.WEBHOOKS_RECEIVED, WebhookReceived.class)
          .forEach(raw -> archived.add(raw.getId()));
      assertThat(ours).allMatch(event -> archived.contains(event.getWebhookId()));
    } finally {
      gateway.get().close();
      startKafka();
    }
  }

  private GatewayProcess start() throws Exception {
    return GatewayProcess.start(folder, KAFKA.bootstrapServers());
  }

  private void stopKafka() {
    KAFKA.stop();
    away = true;
  }

  private void startKafka() {
    if (away) {
      KAFKA.start();
      away = false;
    }
  }

  private static List<CrmEvent> events() {
    return KAFKA.consume(Topics.CRM_EVENTS, CrmEvent.class).stream()
        .filter(event -> event.getKind() != EventKind.TICK)
        .toList();
  }

  private static Set<Integer> partitionsWithTicks() {
    Set<Integer> partitions = new HashSet<>();
    KAFKA.consume(Topics.CRM_EVENTS).stream()
        .filter(record -> record.key() == null)
        .forEach(record -> partitions.add(record.partition()));
    return partitions;
  }

  private static int post(GatewayProcess gateway, String token, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + gateway.port() + "/webhooks/kommo/" + token))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
