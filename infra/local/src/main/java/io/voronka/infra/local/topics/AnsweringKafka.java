package io.voronka.infra.local.topics;

import io.voronka.infra.local.stack.StackException;
import io.voronka.infra.local.stack.StackException.Reason;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Kafka as somebody names it on the command line. */
public final class AnsweringKafka {
  /** Kafka's clients wait for a minute, in silence, for what is not there. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private AnsweringKafka() {}

  /**
   * The same servers, when Kafka answers there.
   *
   * @throws StackException COMPONENT_FAILED within seconds when it does not
   */
  public static String at(String bootstrapServers) {
    Properties settings = new Properties();
    int millis = Math.toIntExact(PATIENCE.toMillis());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    try (Admin admin = Admin.create(settings)) {
      admin.describeCluster().clusterId().get();
      return bootstrapServers;
    } catch (ExecutionException | KafkaException e) {
      throw new StackException(
          Reason.COMPONENT_FAILED, "no Kafka answers at " + bootstrapServers, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException(Reason.STOPPED, "interrupted", e);
    }
  }
}
