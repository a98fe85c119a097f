package io.voronka.jobs.evaluaterules;

import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job as it is submitted, between real topics. */
class EvaluateRulesIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final String WON =
      """
      {'id': 'won', 'trigger': {'event': 'lead_stage_changed'},
       'when': {'stage_changed': {'to': 142}},
       'actions': [{'key': 'thank', 'add_note': {'text': 'Thanks'}},
                   {'key': 'tell', 'webhook': {'url': 'https://hooks.example.test/won'}}]}
      """;

  @Test
  void eventsOnTheTopicBecomeDecisionsAndKeyedRequests() throws Exception {
    KAFKA.createAllTopics("");
    for (ControlUpdate update :
        ControlRows.whole(
            ControlRows.tenant(true),
            ControlRows.account(true),
            ControlRows.rule("won", 1, WON),
            ControlRows.ruleSet(1, T0, "won:1"))) {
      write(
          Topics.of(update.table()),
          null,
          T0,
          update.key(),
          RecordCodec.of(io.voronka.schemas.ControlChange.class).encode(update.change()));
    }
    write(Topics.CRM_EVENTS, 3, T0, null, new byte[] {1, 2, 3});
    EvaluateRulesConfig config =
        EvaluateRulesConfig.from(
            JobArguments.of(
                "--kafka.bootstrap-servers",
                KAFKA.bootstrapServers(),
                "--job.parallelism",
                "2",
                "--checkpoint.interval",
                "500ms"));
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    EvaluateRulesJob.attach(env, config);
    JobClient job = env.executeAsync();
    try {
      for (int i = 0; i < 30; i++) {
        event(lead(EventKind.LEAD_CREATED, "c" + i, "L" + i, T0 + i, "142", "1"));
        event(lead(EventKind.LEAD_CREATED, "c" + i, "L" + i, T0 + i, "142", "1"));
      }
      for (int partition = 0; partition < 12; partition++) {
        write(
            Topics.CRM_EVENTS,
            partition,
            T0 + 60_000,
            null,
            CrmEvents.bytes(CrmEvents.tick(T0 + 60_000)));
      }

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> KAFKA.consume(Topics.ACTIONS_REQUESTED).size() >= 60);

      List<RuleDecided> decided = KAFKA.consume(Topics.RULES_DECIDED, RuleDecided.class);
      assertThat(decided).extracting(RuleDecided::getEventId).hasSize(30).doesNotHaveDuplicates();
      assertThat(KAFKA.consume(Topics.RULES_DECIDED))
          .allSatisfy(record -> assertThat(record.timestamp()).isBetween(T0, T0 + 30));
      List<ConsumerRecord<byte[], byte[]>> actions = KAFKA.consume(Topics.ACTIONS_REQUESTED);
      assertThat(actions)
          .extracting(record -> new String(record.key(), java.nio.charset.StandardCharsets.UTF_8))
          .containsOnly("acme|kommo-1", "acme|//hooks.example.test");
      assertThat(KAFKA.consume(Topics.ACTIONS_REQUESTED, ActionRequested.class))
          .extracting(ActionRequested::getId)
          .hasSize(60)
          .doesNotHaveDuplicates();
      await().until(() -> KAFKA.consume(Topics.CRM_EVENTS_REJECTED).size() == 1);
    } finally {
      job.cancel().get();
    }
  }

  private static void event(CrmEvent event) {
    write(
        Topics.CRM_EVENTS,
        null,
        event.getReceivedAt(),
        Subject.of(event).key(),
        CrmEvents.bytes(event));
  }

  private static void write(
      String topic, Integer partition, long timestamp, String key, byte[] value) {
    KAFKA.produce(topic, partition, timestamp, key, value);
  }
}
