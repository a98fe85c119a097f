package io.voronka.jobs.executeactions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.jobs.executeactions.operators.ControlCopy;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Write;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Recipient;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job as it is submitted, with a real broker. */
final class ExecuteActionsIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path directory;

  @Test
  void fromTheTopicToTheOutsideWorldAndBackThroughAFailure() throws Exception {
    Files.writeString(directory.resolve("token"), "the-token\n");
    KAFKA.createAllTopics("");
    try (KommoStandIn kommo = KommoStandIn.start()) {
      run();
      publishControl(kommo);

      // Given: tasks, a webhook, and bytes that are no request
      int tasks = 60;
      IntStream.range(0, tasks)
          .forEach(i -> request(action(ActionKind.CREATE_TASK, "task-" + i, "" + (101 + i % 10))));
      ActionRequested webhook = webhook(kommo.apiBaseUrl() + "/api/v4/inbox");
      request(webhook);
      KAFKA.produce(Topics.ACTIONS_REQUESTED, now(), "acme|main", "garbage".getBytes(UTF_8));

      // When: the task manager dies while they are under way, and requests are repeated
      await().atMost(PATIENCE).until(() -> kommo.writes().size() >= 20);
      FLINK.loseTaskManager();
      request(action(ActionKind.CREATE_TASK, "task-0", "101"));

      // Then
      await().atMost(PATIENCE).until(() -> outcomeIds().size() == tasks + 1);
      assertThat(taskBodies(kommo)).hasSize(tasks).doesNotHaveDuplicates();
      assertThat(outcomes().stream().map(ActionCompleted::getOutcome).distinct())
          .containsExactly(ActionOutcome.CONFIRMED);
      for (ConsumerRecord<byte[], byte[]> record : KAFKA.consume(Topics.ACTIONS_COMPLETED)) {
        assertThat(new String(record.key(), UTF_8)).isIn(Requests.KEY, ActionKeys.of(webhook));
      }
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  KAFKA.consume(Topics.ACTIONS_REQUESTED_REJECTED, RecordRejected.class).stream()
                      .anyMatch(rejected -> rejected.getReason().equals("malformed")));
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  outcomes().stream().filter(one -> one.getActionId().equals("task-0")).count()
                      >= 2);
      aClientWhoSaysStopIsObeyedAlsoAfterAFailure();
    }
  }

  /** By a word that is read from one topic, told on another, and read from there at each start. */
  private static void aClientWhoSaysStopIsObeyedAlsoAfterAFailure() throws Exception {
    CrmEvent stop = Requests.heard("Стоп!", now());
    KAFKA.produce(Topics.CRM_EVENTS, stop.getReceivedAt(), Subject.of(stop).key(), stop);
    await()
        .atMost(PATIENCE)
        .until(() -> KAFKA.consume(Topics.OPT_OUTS_HEARD, ControlChange.class).size() == 1);
    request(message("message-1"));
    await().atMost(PATIENCE).until(() -> reasonOf("message-1").equals("opted-out"));

    FLINK.loseTaskManager();
    request(message("message-2"));

    await().atMost(PATIENCE).until(() -> reasonOf("message-2").equals("opted-out"));
    assertThat(KAFKA.consume(Topics.OPT_OUTS_HEARD, ControlChange.class))
        .extracting(change -> change.getOptOut().getRecipient())
        .containsOnly("contact:main/7");
  }

  private static ActionRequested message(String id) {
    return ActionRequested.newBuilder(action(ActionKind.SEND_MESSAGE, id, "101"))
        .setRecipient(new Recipient("7", List.of()))
        .build();
  }

  private static String reasonOf(String actionId) {
    return outcomes().stream()
        .filter(one -> one.getActionId().equals(actionId))
        .map(one -> String.valueOf(one.getReason()))
        .findFirst()
        .orElse("");
  }

  private static void run() throws Exception {
    ExecuteActionsConfig config =
        ExecuteActionsConfig.from(
            "--kafka.bootstrap-servers",
            KAFKA.bootstrapServers(),
            "--outbound.allow",
            "127.0.0.0/8");
    StreamExecutionEnvironment env = FLINK.environment();
    ExecuteActionsPipeline.assemble(
        ExecuteActionsInputs.kafka(env, config.job()),
        ExecuteActionsOutputs.kafka(config.job().kafka()),
        config.world(),
        config.executor());
    FLINK.start(env);
  }

  private void publishControl(KommoStandIn kommo) {
    ControlRows rows =
        ControlRows.of(1)
            .tenant(Requests.tenant().build())
            .account(
                Requests.account()
                    .setApiBaseUrl(kommo.apiBaseUrl())
                    .setTokenReference("file:" + directory.resolve("token"))
                    .setRequestsPerSecond(50)
                    .build());
    rows.rows().forEach(ExecuteActionsIT::publish);
    rows.markers(ControlCopy.NEEDED.toArray(ControlTable[]::new))
        .forEach(ExecuteActionsIT::publish);
  }

  private static void publish(ControlUpdate update) {
    KAFKA.produce(Topics.of(update.table()), now(), update.key(), update.change());
  }

  private static void request(ActionRequested action) {
    KAFKA.produce(Topics.ACTIONS_REQUESTED, action.getFiredAt(), ActionKeys.of(action), action);
  }

  private static ActionRequested webhook(String url) {
    return ActionRequested.newBuilder(action(ActionKind.WEBHOOK, "webhook", "101"))
        .setWebhook(new CallWebhook(url, Map.of(), "application/json", "{\"hello\":1}", null))
        .build();
  }

  private static ActionRequested action(ActionKind kind, String id, String lead) {
    return Requests.builder(kind, id)
        .setSubjectId(lead)
        .setDueAt(now())
        .setFiredAt(now())
        .setNotAfter(now() + Duration.ofHours(1).toMillis())
        .build();
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  private static List<ActionCompleted> outcomes() {
    return KAFKA.consume(Topics.ACTIONS_COMPLETED, ActionCompleted.class);
  }

  private static Set<String> outcomeIds() {
    return outcomes().stream().map(ActionCompleted::getActionId).collect(toSet());
  }

  private static List<String> taskBodies(KommoStandIn kommo) {
    return kommo.writes().stream()
        .filter(write -> write.path().equals("/tasks"))
        .map(Write::body)
        .toList();
  }
}
