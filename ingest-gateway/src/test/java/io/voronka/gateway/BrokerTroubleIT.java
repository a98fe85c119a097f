package io.voronka.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.gateway.testing.BrokerProcess;
import io.voronka.gateway.testing.GatewayProcess;
import io.voronka.gateway.testing.LeadSenders;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that freezes with its connections open, and one that dies in the middle of requests. */
class BrokerTroubleIT {
  private static final String TOKEN = "t0ken-of-acme";
  private static final long SEED = 7;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void everyWebhookIsAnsweredInTimeAndNoneIsLostOrOvertaken() throws Exception {
    Random random = new Random(SEED);
    Files.createDirectories(folder.resolve("gateway"));
    try (BrokerProcess broker = BrokerProcess.start(folder.resolve("broker"));
        GatewayProcess gateway =
            GatewayProcess.start(folder.resolve("gateway"), broker.bootstrapServers())) {
      broker.publishControlRows(TOKEN);
      await().atMost(PATIENCE).until(() -> gateway.direct() && gateway.knowsItsAccounts());
      long spooled = 0;
      try (LeadSenders senders =
          LeadSenders.start(TOKEN, gateway::port, 10, Duration.ofMillis(40))) {
        for (int trouble = 0; trouble < 4; trouble++) {
          int before = senders.acknowledged();
          await().atMost(PATIENCE).until(() -> senders.acknowledged() > before + 100);
          if (trouble % 2 == 0) {
            broker.freeze();
          } else {
            broker.kill();
          }
          int depth = 100 + random.nextInt(200);
          await().atMost(PATIENCE).until(() -> gateway.spoolEntries() >= depth);
          spooled += gateway.spoolEntries();
          if (trouble % 2 == 0) {
            broker.thaw();
          } else {
            broker.start();
          }
          await().atMost(PATIENCE).until(gateway::direct);
        }
        senders.stop();

        List<CrmEvent> events =
            broker.events().stream().filter(event -> event.getKind() != EventKind.TICK).toList();
        System.out.printf(
            "seed %d: %d webhooks acknowledged, %d seen in the spool, %d events in Kafka with copies; "
                + "slowest answer %d ms, no answer in 2 s: %d%n",
            SEED,
            senders.acknowledged(),
            spooled,
            events.size(),
            senders.slowestMillis(),
            senders.timeouts());
        assertThat(senders.refusals()).isZero();
        // A slow machine may be late now and then.
        assertThat(senders.timeouts()).isLessThan(senders.acknowledged() / 20);
        assertThat(LeadSenders.stagesOf(events))
            .containsExactlyInAnyOrderEntriesOf(senders.expected());
        assertThat(events.size()).as("copies").isGreaterThanOrEqualTo(senders.acknowledged());
      }
    }
  }
}
