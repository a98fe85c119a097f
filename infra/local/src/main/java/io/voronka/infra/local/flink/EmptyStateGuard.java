package io.voronka.infra.local.flink;

import io.voronka.infra.local.flink.FlinkException.Reason;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Refuses to start a job with empty state where its consumer group has offsets: it would go on
 * reading in the middle without remembering what it did, and act twice.
 */
public interface EmptyStateGuard {

  /**
   * @param group the job's consumer group, which is its name
   * @throws FlinkException EMPTY_STATE when the group has read before, UNREACHABLE when that cannot
   *     be told
   */
  void check(String group);

  /** Lets every job start. */
  static EmptyStateGuard off() {
    return group -> {};
  }

  /**
   * Asks this Kafka.
   *
   * @param wayOut what to do where a job is refused
   */
  static EmptyStateGuard of(String bootstrapServers, String wayOut) {
    return group -> {
      if (hasOffsets(bootstrapServers, group)) {
        throw new FlinkException(
            Reason.EMPTY_STATE,
            "%s would start with empty state, but its consumer group has read before and it could act twice; %s"
                .formatted(group, wayOut));
      }
    };
  }

  private static boolean hasOffsets(String bootstrapServers, String group) {
    Properties client = new Properties();
    client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    try (Admin admin = Admin.create(client)) {
      return !admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().isEmpty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return false;
      }
      throw new FlinkException(
          Reason.UNREACHABLE,
          "cannot ask Kafka at %s for the offsets of %s: %s"
              .formatted(bootstrapServers, group, e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlinkException(Reason.UNREACHABLE, "interrupted", e);
    }
  }
}
