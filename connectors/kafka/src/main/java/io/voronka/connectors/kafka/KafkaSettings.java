package io.voronka.connectors.kafka;

import io.voronka.schemas.Topics;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach the Kafka of one cell.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param cell put before every topic name as it is; empty where there is one cell
 * @param application name of the job or service: consumer group, client ids
 * @param clientProperties further client settings (security); never printed
 */
public record KafkaSettings(
    String bootstrapServers, String cell, String application, Map<String, String> clientProperties)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public KafkaSettings {
    Objects.requireNonNull(bootstrapServers, "bootstrapServers");
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(application, "application");
    clientProperties = Map.copyOf(clientProperties);
  }

  public static KafkaSettings of(String bootstrapServers, String application) {
    return new KafkaSettings(bootstrapServers, "", application, Map.of());
  }

  public KafkaSettings withCell(String prefix) {
    return new KafkaSettings(bootstrapServers, prefix, application, clientProperties);
  }

  public KafkaSettings withClientProperties(Map<String, String> properties) {
    return new KafkaSettings(bootstrapServers, cell, application, properties);
  }

  /**
   * The name that a topic has in this cell.
   *
   * @param name a constant of {@link Topics}
   */
  public String topic(String name) {
    return cell + name;
  }

  /**
   * Where what could not be processed of a topic goes (no prefix); the control topics share one.
   */
  public static String rejectedName(String topic) {
    return topic.startsWith("control.") ? Topics.CONTROL_REJECTED : topic + ".rejected";
  }

  /** What every client of this cell is configured with. */
  public Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>(clientProperties);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    // A broker that comes back is found within a second, not within the default ten.
    config.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
    return config;
  }

  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=%s, cell=%s, application=%s, clientProperties=%s]"
        .formatted(bootstrapServers, cell, application, clientProperties.keySet());
  }
}
