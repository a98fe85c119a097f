package io.voronka.connectors.changecapture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ChangeCaptureIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();

  @TempDir Path files;

  private final RecordingSink sink = new RecordingSink();
  private PostgresDatabase database;
  private JobClient job;

  @BeforeEach
  void createTables() throws Exception {
    database = POSTGRES.newDatabase();
    database.execute(
        "CREATE TABLE shelf (id text PRIMARY KEY, filled boolean, weight bigint, note jsonb)",
        "CREATE TABLE pulse (id int PRIMARY KEY, beat bigint)",
        "ALTER TABLE shelf REPLICA IDENTITY FULL",
        "CREATE PUBLICATION shelves FOR TABLE shelf, pulse",
        "INSERT INTO shelf VALUES ('a', true, 7, '{\"k\": [1]}'), ('b', NULL, NULL, NULL)",
        "INSERT INTO pulse VALUES (1, 1)");
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      if (!job.getJobExecutionResult().isDone()) {
        job.cancel().get(20, TimeUnit.SECONDS);
      }
      await().atMost(PATIENCE).until(() -> job.getJobExecutionResult().isDone());
    }
    sink.close();
  }

  @Test
  void readsRowsThatAreThereAndThenFollowsEveryChange() throws Exception {
    start("first", null);
    await().atMost(PATIENCE).until(() -> sink.recorded().size() == 3);
    assertThat(sink.recorded()).extracting(RowChange::op).containsOnly(RowChange.Op.READ);
    assertThat(sink.recorded())
        .extracting(RowChange::after)
        .contains(
            Map.of("id", "a", "filled", "true", "weight", "7", "note", "{\"k\": [1]}"),
            Map.of("id", "1", "beat", "1"));
    awaitStreaming();

    database.execute(
        "INSERT INTO shelf VALUES ('c', false, 1, NULL)",
        "UPDATE shelf SET weight = 8 WHERE id = 'a'",
        "DELETE FROM shelf WHERE id = 'b'");

    await().atMost(PATIENCE).until(() -> shelfChanges().size() >= 3);
    List<RowChange> changes = shelfChanges();
    assertThat(changes)
        .extracting(RowChange::op)
        .containsExactly(RowChange.Op.INSERT, RowChange.Op.UPDATE, RowChange.Op.DELETE);
    assertThat(changes.get(1).before()).containsEntry("weight", "7");
    assertThat(changes.get(1).after()).containsEntry("weight", "8");
    assertThat(changes.get(2).after()).isNull();
    assertThat(changes.get(2).row()).containsEntry("id", "b");
    assertThat(changes).extracting(RowChange::position).isSorted().doesNotContain(0L);
  }

  /** What is stored apart from its row does not come with a change that leaves it as it is. */
  @Test
  void aHugeColumnIsThereAlsoWhenAnotherOneChanged() throws Exception {
    start("first", null);
    await().atMost(PATIENCE).until(() -> sink.recorded().size() == 3);
    awaitStreaming();

    database.execute(
        "INSERT INTO shelf SELECT 'huge', true, 1, jsonb_build_object('n', string_agg(md5(i::text), '')) FROM generate_series(1, 30000) i",
        "UPDATE shelf SET weight = 2 WHERE id = 'huge'");

    await().atMost(PATIENCE).until(() -> shelfChanges().size() == 2);
    RowChange change = shelfChanges().get(1);
    assertThat(change.after()).containsEntry("weight", "2");
    assertThat(change.after().get("note"))
        .hasSizeGreaterThan(900_000)
        .isEqualTo(shelfChanges().get(0).after().get("note"));
  }

  @Test
  void aRowMadeAnewInOneTransactionAndANewColumnComeAsTheyHappened() throws Exception {
    start("first", null);
    await().atMost(PATIENCE).until(() -> sink.recorded().size() == 3);
    awaitStreaming();

    database.execute(
        "DO $$ BEGIN DELETE FROM shelf WHERE id = 'a'; INSERT INTO shelf VALUES ('a', false, 9, NULL); END $$",
        "ALTER TABLE shelf ADD COLUMN label text DEFAULT 'Ярлык \"\n'",
        "UPDATE shelf SET weight = 10 WHERE id = 'a'");

    await().atMost(PATIENCE).until(() -> shelfChanges().size() == 3);
    assertThat(shelfChanges())
        .extracting(RowChange::op)
        .containsExactly(RowChange.Op.DELETE, RowChange.Op.INSERT, RowChange.Op.UPDATE);
    assertThat(shelfChanges().get(2).after())
        .containsEntry("weight", "10")
        .containsEntry("label", "Ярлык \"\n");
  }

  @Test
  void theFirstTransactionAfterEachLossOfTheServerProcessArrives() throws Exception {
    start("first", null);
    await().atMost(PATIENCE).until(() -> sink.recorded().size() >= 3);
    awaitStreaming();

    for (int round = 1; round <= 3; round++) {
      String id = "after-kill-" + round;
      assertThat(
              database.query(
                  "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                      + " WHERE active AND database = current_database()"))
          .containsExactly("t");
      database.execute("INSERT INTO shelf (id) VALUES ('" + id + "')");

      await().atMost(PATIENCE).until(() -> ids().contains(id));
      awaitStreaming();
    }
  }

  @Test
  void aSubmissionFromAnOldSavepointMissesNothingThatTheSlotHasPassed() throws Exception {
    start("first", null);
    await().atMost(PATIENCE).until(() -> sink.recorded().size() >= 3);
    awaitStreaming();
    String old = job.triggerSavepoint(files.toString(), SavepointFormatType.CANONICAL).get();
    database.execute(
        "INSERT INTO shelf (id) VALUES ('passed')", "DELETE FROM shelf WHERE id = 'b'");
    await().atMost(PATIENCE).until(() -> ids().contains("passed"));
    String newest = flushedPosition();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              awaitStreaming();
              return !flushedPosition().equals(newest);
            });
    stop();
    database.execute("INSERT INTO shelf (id) VALUES ('while-down')");
    RecordingSink second = new RecordingSink();

    start("second", old, second);

    await().atMost(PATIENCE).until(() -> second.recorded().size() == 4);
    assertThat(second.recorded()).extracting(RowChange::op).containsOnly(RowChange.Op.READ);
    assertThat(ids(second)).containsExactlyInAnyOrder("a", "passed", "while-down", "1");
    second.close();
  }

  @Test
  void readsAnewWhenTheServerHasThrownTheLogAway() throws Exception {
    start("first", null);
    await().atMost(PATIENCE).until(() -> sink.recorded().size() >= 3);
    awaitStreaming();
    job.cancel().get(20, TimeUnit.SECONDS);
    await().atMost(PATIENCE).until(() -> job.getJobExecutionResult().isDone());
    loseTheSlot();
    database.execute("INSERT INTO shelf (id) VALUES ('meanwhile')");
    RecordingSink second = new RecordingSink();

    start("second", null, second);

    await().atMost(PATIENCE).until(() -> ids(second).contains("meanwhile"));
    database.execute("INSERT INTO shelf (id) VALUES ('afterwards')");
    await().atMost(PATIENCE).until(() -> ids(second).contains("afterwards"));
    second.close();
  }

  /** Nobody reads it, and more is written than the server keeps for it. */
  private void loseTheSlot() throws Exception {
    try (Connection server = database.connect();
        Statement statement = server.createStatement()) {
      statement.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
      statement.execute("SELECT pg_reload_conf()");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                statement.execute("UPDATE pulse SET beat = beat + 1");
                statement.execute("SELECT pg_switch_wal()");
                statement.execute("CHECKPOINT");
                return database
                    .query(
                        "SELECT wal_status FROM pg_replication_slots"
                            + " WHERE database = current_database()")
                    .equals(List.of("lost"));
              });
      statement.execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  /** Writes until a write comes by as a change, and not as a row that was read. */
  private void awaitStreaming() throws Exception {
    int seen = sink.recorded().size();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              database.execute("UPDATE pulse SET beat = beat + 1");
              List<RowChange> recorded = sink.recorded();
              return recorded.subList(seen, recorded.size()).stream()
                  .anyMatch(change -> change.op() == RowChange.Op.UPDATE);
            });
  }

  private List<RowChange> shelfChanges() {
    return sink.recorded().stream()
        .filter(change -> change.table().equals("shelf") && change.op() != RowChange.Op.READ)
        .toList();
  }

  private String flushedPosition() throws Exception {
    return database
        .query(
            "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE database = current_database()")
        .get(0);
  }

  private Set<String> ids() {
    return ids(sink);
  }

  private static Set<String> ids(RecordingSink sink) {
    return sink.recorded().stream()
        .map(change -> change.row().get("id"))
        .collect(Collectors.toSet());
  }

  private void start(String submission, String savepoint) throws Exception {
    start(submission, savepoint, sink);
  }

  private void start(String submission, String savepoint, RecordingSink into) throws Exception {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 100);
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 100);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
    if (savepoint != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    env.setParallelism(1);
    PostgresDatabase from = database;
    String password = from.password();
    CaptureSettings capture =
        new CaptureSettings(
            from.host(),
            from.port(),
            from.database(),
            from.user(),
            () -> password,
            from.database() + "_slot",
            "shelves",
            List.of("public.shelf", "public.pulse"));
    env.fromSource(
            ChangeCapture.source(capture, submission), WatermarkStrategy.noWatermarks(), "Shelves")
        .uid("shelves")
        .sinkTo(into)
        .uid("recording");
    job = env.executeAsync("capture");
    await().atMost(PATIENCE).until(() -> job.getJobStatus().get() == JobStatus.RUNNING);
  }
}
