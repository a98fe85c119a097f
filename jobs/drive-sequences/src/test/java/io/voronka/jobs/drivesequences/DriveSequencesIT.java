package io.voronka.jobs.drivesequences;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.WELCOME;
import static io.voronka.jobs.drivesequences.Records.bytes;
import static io.voronka.jobs.drivesequences.Records.command;
import static io.voronka.jobs.drivesequences.Records.completed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job as it is submitted, between real topics. */
class DriveSequencesIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private final Set<String> answered = new HashSet<>();

  @Test
  void leadsGoThroughASequenceAndLeaveIt() throws Exception {
    KAFKA.createAllTopics("");
    for (ControlUpdate update : Records.whole(Records.tenant(), Records.sequence(1, 0, WELCOME))) {
      write(Topics.of(update.table()), null, T0, update.key(), update.change());
    }
    DriveSequencesConfig config =
        DriveSequencesConfig.from(
            JobArguments.of(
                "--kafka.bootstrap-servers",
                KAFKA.bootstrapServers(),
                "--job.parallelism",
                "2",
                "--checkpoint.interval",
                "500ms"));
    StreamExecutionEnvironment env = JobEnvironment.from(config.job());
    DriveSequencesJob.attach(env, config);
    JobClient job = env.executeAsync();
    try {
      for (int lead = 0; lead < 20; lead++) {
        event(EventKind.LEAD_CREATED, "L" + lead, T0 + lead);
      }
      ticks(T0 + 1000);
      awaitActions(20);
      answer();
      awaitProgress(ProgressKind.WAITING, 20);
      event(EventKind.MESSAGE_RECEIVED, "L7", T0 + 2000);
      CommandRequested cancel = command(CommandKind.CANCEL, "L8", "cancel", T0 + 3000);
      write(Topics.COMMANDS_REQUESTED, null, T0 + 3000, Subject.of(cancel).key(), cancel);
      awaitProgress(ProgressKind.EXITED, 2);
      ticks(T0 + 2 * DAY);
      awaitActions(38);
      answer();
      awaitProgress(ProgressKind.EXITED, 20);

      assertThat(progress())
          .filteredOn(one -> one.getKind() == ProgressKind.EXITED)
          .extracting(one -> one.getSubjectId() + ":" + one.getReason())
          .contains("L7:exit", "L8:cancelled", "L9:completed");
      assertThat(KAFKA.consume(Topics.ACTIONS_REQUESTED, ActionRequested.class))
          .extracting(ActionRequested::getId)
          .hasSize(38)
          .doesNotHaveDuplicates();
      assertThat(KAFKA.consume(Topics.COMMANDS_REQUESTED_REJECTED)).isEmpty();
    } finally {
      job.cancel().get();
    }
  }

  private void answer() {
    for (ActionRequested action : KAFKA.consume(Topics.ACTIONS_REQUESTED, ActionRequested.class)) {
      if (answered.add(action.getId())) {
        long at = action.getFiredAt() + 500;
        write(
            Topics.ACTIONS_COMPLETED,
            null,
            at,
            "acme|kommo-1",
            completed(action, ActionOutcome.CONFIRMED, at));
      }
    }
  }

  private static void awaitActions(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> KAFKA.consume(Topics.ACTIONS_REQUESTED).size() >= count);
  }

  private static void awaitProgress(ProgressKind kind, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> progress().stream().filter(one -> one.getKind() == kind).count() >= count);
  }

  private static List<SequenceProgressed> progress() {
    return KAFKA.consume(Topics.SEQUENCES_PROGRESSED, SequenceProgressed.class);
  }

  private static void event(EventKind kind, String lead, long at) {
    CrmEvent event = Records.event(kind, lead, at);
    write(Topics.CRM_EVENTS, null, at, Subject.of(event).key(), event);
  }

  private static void ticks(long at) {
    for (int partition = 0; partition < 12; partition++) {
      write(Topics.CRM_EVENTS, partition, at, null, Records.tick(at));
    }
  }

  private static void write(
      String topic, Integer partition, long at, String key, SpecificRecordBase record) {
    KAFKA.produce(topic, partition, at, key, bytes(record));
  }
}
