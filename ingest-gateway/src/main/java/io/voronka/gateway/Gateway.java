package io.voronka.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.secrets.UnsubscribeSeal;
import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.control.ControlTopicReader;
import io.voronka.gateway.accept.KommoDecoder;
import io.voronka.gateway.accept.WebhookAcceptor;
import io.voronka.gateway.accounts.AccountTable;
import io.voronka.gateway.accounts.ControlAccounts;
import io.voronka.gateway.deliver.ArrivalClock;
import io.voronka.gateway.deliver.Drain;
import io.voronka.gateway.deliver.Outbox;
import io.voronka.gateway.http.GatewayParts;
import io.voronka.gateway.http.ManagementRoutes;
import io.voronka.gateway.http.WebhookServer;
import io.voronka.gateway.kafka.KafkaEventPublishers;
import io.voronka.gateway.metrics.GatewayMetrics;
import io.voronka.gateway.spool.Spool;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gateway. */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  private final GatewayConfig config;
  private final Spool spool;
  private final Outbox outbox;
  private final Drain drain;
  private final ControlAccounts accounts;
  private final ControlTopicReader controlReader;
  private final WebhookServer server;
  private boolean closed;

  /**
   * What comes from outside and is different in every run.
   *
   * @param ids of archived requests, each new for all times
   * @param salts random numbers
   * @param nanos a clock that never goes back
   */
  public record Surroundings(
      Clock clock, Supplier<String> ids, LongSupplier salts, LongSupplier nanos, Secrets secrets) {}

  private Gateway(GatewayConfig config, Surroundings surroundings)
      throws IOException, WebhookServer.StartException {
    this.config = config;
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    GatewayMetrics metrics = new GatewayMetrics(registry);
    KafkaSettings kafka =
        KafkaSettings.of(config.bootstrapServers(), config.gatewayId())
            .withCell(config.cell())
            .withClientProperties(clientProperties(config.clientProperties()));
    WebhookAcceptor acceptor =
        new WebhookAcceptor(
            Map.of(
                KommoDecoder.CRM,
                new KommoDecoder(resolved(config.kommoClients(), surroundings.secrets()))),
            config.http().maxBodyBytes(),
            config.gatewayId());
    Optional<UnsubscribeSeal> unsubscribing =
        unsubscribing(config.unsubscribeKeys(), surroundings.secrets());
    this.spool = Spool.open(config.spool(), surroundings.salts());
    this.accounts = ControlAccounts.open(config.accountsCopy(), metrics::controlRecordRejected);
    ArrivalClock clock = new ArrivalClock(surroundings.clock());
    this.outbox = new Outbox(spool, metrics, surroundings.nanos());
    this.drain =
        new Drain(
            new Drain.Parts(
                outbox,
                spool,
                new KafkaEventPublishers(
                    kafka,
                    config.linger(),
                    config.compression(),
                    config.connectPatience(),
                    surroundings.clock()),
                accounts,
                acceptor,
                clock,
                metrics,
                surroundings.nanos()),
            config.gatewayId(),
            config.outbox());
    gauges(metrics, surroundings.clock());
    WarmUp.run(acceptor);
    this.controlReader = ControlTopicReader.start(kafka, ControlAccounts.NEEDED, accounts);
    drain.start();
    try {
      this.server =
          WebhookServer.start(
              new GatewayParts(
                  accounts, acceptor, outbox, clock, surroundings.ids(), metrics, unsubscribing),
              config.http(),
              new ManagementRoutes(this::health, registry::scrape, metrics));
    } catch (WebhookServer.StartException e) {
      closeQuietly();
      throw e;
    }
  }

  /**
   * Starts all parts; Kafka need not be there.
   *
   * @throws IOException when the spool, a file of settings or a secret cannot be used
   * @throws WebhookServer.StartException when a port cannot be had
   */
  public static Gateway start(GatewayConfig config, Surroundings surroundings)
      throws IOException, WebhookServer.StartException {
    return new Gateway(config, surroundings);
  }

  public int port() {
    return server.port();
  }

  public int managementPort() {
    return server.managementPort();
  }

  /** State at this moment. */
  public ManagementRoutes.Health health() {
    Outbox.Mode mode = outbox.mode();
    AccountTable table = accounts.current();
    return new ManagementRoutes.Health(
        drain.alive(),
        mode != Outbox.Mode.CLOSED && spool.state().bytes() < config.spool().maxBytes(),
        label(mode),
        label(table.origin()),
        table.byTokenSha256().size(),
        spool.entries(),
        spool.state().bytes());
  }

  /**
   * Takes no new requests, answers those that are being served, sends what it can, keeps the rest
   * in the spool. Safe to call twice.
   */
  @Override
  public synchronized void close() throws IOException, InterruptedException {
    if (closed) {
      return;
    }
    closed = true;
    LOG.info("stopping");
    server.stopAccepting(config.stopGrace());
    drain.stop(config.stopGrace());
    server.close();
    controlReader.close();
    accounts.close();
    spool.close();
    LOG.info("stopped; {} webhooks stay in the spool", spool.entries());
  }

  private void closeQuietly() throws IOException {
    try {
      drain.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    controlReader.close();
    accounts.close();
    spool.close();
  }

  private void gauges(GatewayMetrics metrics, Clock clock) {
    metrics.gauge("spool.entries", "Webhooks in the spool", spool::entries);
    metrics.gauge("spool.bytes", "Size of the spool", () -> spool.state().bytes());
    metrics.gauge(
        "spool.damaged.bytes", "Damage found at the start", () -> spool.state().damagedBytes());
    metrics.gauge(
        "spool.age.seconds",
        "How long the oldest webhook has been in the spool",
        () -> {
          var oldest = spool.state().oldestReceivedAt();
          return oldest.isPresent() ? (clock.millis() - oldest.getAsLong()) / 1000.0 : 0.0;
        });
    metrics.gauge("in.flight", "Webhooks and ticks without an answer", outbox::inFlight);
    metrics.gauge("direct", "1 while webhooks go straight to Kafka", () -> bit(Outbox.Mode.DIRECT));
    metrics.gauge("accounts", "Accounts known", () -> accounts.current().byTokenSha256().size());
    metrics.gauge(
        "control.rows.complete",
        "1 when the control topics have been read",
        () -> accounts.current().decisive() ? 1 : 0);
  }

  private int bit(Outbox.Mode mode) {
    return outbox.mode() == mode ? 1 : 0;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** At the start, so that a secret that is not there is noticed by whoever starts it. */
  private static Map<String, String> resolved(
      Map<String, SecretReference> references, Secrets secrets) throws IOException {
    Map<String, String> found = new HashMap<>();
    for (Map.Entry<String, SecretReference> client : references.entrySet()) {
      try {
        found.put(client.getKey(), secrets.resolve(client.getValue()));
      } catch (UnresolvedSecretException e) {
        throw new IOException("--kommo.clients: " + e.getMessage(), e);
      }
    }
    return found;
  }

  private static Optional<UnsubscribeSeal> unsubscribing(
      List<SecretReference> references, Secrets secrets) throws IOException {
    if (references.isEmpty()) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    try {
      for (SecretReference reference : references) {
        found.add(secrets.resolve(reference));
      }
      return Optional.of(UnsubscribeSeal.with(found));
    } catch (UnresolvedSecretException | IllegalArgumentException e) {
      throw new IOException("--unsubscribe.keys: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> clientProperties(Optional<Path> file) throws IOException {
    Map<String, String> properties = new HashMap<>();
    if (file.isPresent()) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file.get())) {
        read.load(reader);
      }
      read.forEach((key, value) -> properties.put(key.toString(), value.toString()));
    }
    return properties;
  }
}
