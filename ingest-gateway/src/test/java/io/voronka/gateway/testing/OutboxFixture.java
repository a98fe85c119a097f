package io.voronka.gateway.testing;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.voronka.gateway.accept.KommoDecoder;
import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.Refusal;
import io.voronka.gateway.accept.WebhookAcceptor;
import io.voronka.gateway.accounts.AccountDirectory;
import io.voronka.gateway.deliver.ArrivalClock;
import io.voronka.gateway.deliver.Drain;
import io.voronka.gateway.deliver.EventPublishers;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.deliver.OutboxSettings;
import io.voronka.gateway.metrics.GatewayMetrics;
import io.voronka.gateway.spool.Spool;
import io.voronka.gateway.spool.SpoolSettings;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * An outbox with its drain over a spool in a folder. Closing it leaves the spool as a stop does.
 */
public final class OutboxFixture implements AutoCloseable {
  public static final OutboxSettings QUICK =
      new OutboxSettings(
          Duration.ofMillis(150),
          Duration.ofMillis(500),
          Duration.ofMillis(10),
          16,
          Duration.ofMillis(20));

  /** Integrations that the gateway knows, client id to secret. */
  public static final Map<String, String> CLIENT_SECRETS =
      Map.of("00000000-0000-0000-0000-000000000001", "client_secret_1");

  public final Spool spool;
  public final Outbox outbox;
  public final Drain drain;
  public final ArrivalClock clock;
  public final GatewayMetrics metrics;
  public final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  public final WebhookAcceptor acceptor;

  private OutboxFixture(
      Path directory,
      long maxBytes,
      EventPublishers log,
      AccountDirectory accounts,
      Clock time,
      OutboxSettings settings)
      throws IOException {
    metrics = new GatewayMetrics(registry);
    spool = Spool.open(SpoolSettings.of(directory, maxBytes), new Random(5)::nextLong);
    clock = new ArrivalClock(time);
    acceptor =
        new WebhookAcceptor(
            Map.of(KommoDecoder.CRM, new KommoDecoder(CLIENT_SECRETS)), 1 << 20, "gateway-test");
    outbox = new Outbox(spool, metrics, System::nanoTime);
    drain =
        new Drain(
            new Drain.Parts(
                outbox, spool, log, accounts, acceptor, clock, metrics, System::nanoTime),
            "gateway-test",
            settings);
    drain.start();
  }

  public static OutboxFixture start(Path directory, EventPublishers log) throws IOException {
    return start(directory, log, new Accounts(), QUICK);
  }

  public static OutboxFixture start(
      Path directory, EventPublishers log, AccountDirectory accounts, OutboxSettings settings)
      throws IOException {
    return new OutboxFixture(
        directory, 64 << 20, log, accounts, new ManualClock(1_000_000), settings);
  }

  public static OutboxFixture start(
      Path directory, EventPublishers log, AccountDirectory accounts, Clock time, long maxBytes)
      throws IOException {
    return new OutboxFixture(directory, maxBytes, log, accounts, time, QUICK);
  }

  /** Submits one webhook of two records, named and keyed. */
  public CompletableFuture<Optional<Refusal>> submit(String key, String name) {
    CompletableFuture<Optional<Refusal>> settled = new CompletableFuture<>();
    outbox.submit(
        List.of(
            OutgoingRecord.keyed(Topics.WEBHOOKS_RECEIVED, "acme|a", 1, bytes("raw " + name)),
            OutgoingRecord.keyed(Topics.CRM_EVENTS, key, 1, bytes(name))),
        1,
        refusal -> settled.complete(Optional.ofNullable(refusal)));
    return settled;
  }

  /** Names of the events, in the order of the log. */
  public static List<String> names(List<OutgoingRecord> records) {
    return records.stream()
        .filter(record -> record.topic().equals(Topics.CRM_EVENTS))
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  public double counter(String name) {
    return registry.get("voronka.gateway." + name).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    drain.close();
    spool.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
