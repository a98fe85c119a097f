package io.voronka.gateway;

import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.gateway.deliver.OutboxSettings;
import io.voronka.gateway.http.HttpSettings;
import io.voronka.gateway.spool.SpoolSettings;
import io.voronka.schemas.Topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that the gateway is told at its start.
 *
 * @param cell put before every topic name, empty where there is one cell
 * @param kommoClients where the secrets of Kommo integrations are, by client id
 * @param unsubscribeKeys where the secrets of mails' links are; empty: there are no such links
 * @param accountsCopy where the control rows are kept for a start without Kafka
 * @param portFile where the public port is written once it is open
 * @param bare only the HTTP server that reads and answers, for benchmarks
 */
public record GatewayConfig(
    String gatewayId,
    String bootstrapServers,
    Optional<Path> clientProperties,
    String cell,
    Map<String, SecretReference> kommoClients,
    List<SecretReference> unsubscribeKeys,
    Duration linger,
    String compression,
    Duration connectPatience,
    HttpSettings http,
    SpoolSettings spool,
    OutboxSettings outbox,
    Path accountsCopy,
    Optional<Path> portFile,
    Duration stopGrace,
    boolean bare) {

  private static final List<String> COMPRESSIONS = List.of("none", "lz4", "snappy", "zstd", "gzip");

  /** The longest that a vendor may be kept waiting for Kafka: Kommo hangs up after two seconds. */
  static final Duration LONGEST_ACK = Duration.ofMillis(1200);

  /** An archive record is a body and a bit. */
  static final int LARGEST_BODY = Topic.LARGEST_VALUE;

  /**
   * Reads {@code --key value} pairs; what is not given there comes from the environment ({@code
   * --spool.dir} from {@code VORONKA_SPOOL_DIR}), else has a default.
   *
   * @param environment value of a variable, null when it is not set
   * @throws ConfigException with all mistakes at once
   */
  public static GatewayConfig from(List<String> arguments, UnaryOperator<String> environment) {
    ConfigReader read = ConfigReader.of(arguments, environment);
    boolean bare = read.flag("bare");
    Path data = read.path("data").orElse(Path.of("gateway-data"));
    Path spoolDirectory = read.path("spool.dir").orElse(data.resolve("spool"));
    long spoolBytes = read.bytes("spool.max-bytes", 1L << 30, 1L << 20, 1L << 40);
    HttpSettings http =
        new HttpSettings(
            read.text("host", "0.0.0.0"),
            read.number("port", 8080, 0, 65_535),
            read.number("management.port", -1, -1, 65_535),
            read.number("event-loops", Runtime.getRuntime().availableProcessors(), 1, 256),
            Math.toIntExact(read.bytes("http.max-body-bytes", LARGEST_BODY, 1024, LARGEST_BODY)),
            Math.toIntExact(read.bytes("http.max-header-bytes", 16 << 10, 1024, 1 << 20)),
            read.number("http.max-connections", 4096, 1, 1_000_000),
            read.duration("http.idle-timeout", Duration.ofSeconds(60), Duration.ofHours(1)),
            read.duration("http.body-timeout", Duration.ofSeconds(10), Duration.ofMinutes(5)));
    OutboxSettings defaults = OutboxSettings.defaults();
    OutboxSettings outbox =
        new OutboxSettings(
            read.duration("kafka.ack-timeout", defaults.ackTimeout(), LONGEST_ACK),
            defaults.drainTimeout(),
            defaults.retryPause(),
            defaults.windowEntries(),
            read.duration("ticks.period", defaults.tickPeriod(), Duration.ofSeconds(10)));
    GatewayConfig config =
        new GatewayConfig(
            read.text("gateway.id", "gateway-1"),
            bare ? read.text("kafka.bootstrap-servers", "") : read.text("kafka.bootstrap-servers"),
            read.path("kafka.client-properties"),
            read.text("cell", ""),
            read.secrets("kommo.clients"),
            read.references("unsubscribe.keys"),
            // Without it a webhook that comes alone is a request alone, with batches of its own: at
            // half of what the gateway takes, that is what keeps the processors busy.
            read.duration("kafka.linger", Duration.ofMillis(1), Duration.ofMillis(100)),
            read.oneOf("kafka.compression", "snappy", COMPRESSIONS),
            read.duration("kafka.connect-patience", Duration.ofSeconds(3), Duration.ofMinutes(1)),
            http,
            SpoolSettings.of(spoolDirectory, spoolBytes),
            outbox,
            data.resolve("accounts"),
            read.path("port-file"),
            read.duration("stop.grace", Duration.ofSeconds(5), Duration.ofMinutes(10)),
            bare);
    if (!config.gatewayId.matches("[A-Za-z0-9._-]{1,64}")) {
      read.mistake("gateway.id", "only letters, digits, dots, dashes and underscores, at most 64");
    }
    read.finish();
    return config;
  }

  /** Mistakes in the arguments. */
  public static final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigException(Map<String, String> mistakes) {
      super(
          mistakes.entrySet().stream()
              .map(mistake -> "--" + mistake.getKey() + ": " + mistake.getValue())
              .reduce((one, other) -> one + System.lineSeparator() + other)
              .orElse(""));
    }
  }
}
