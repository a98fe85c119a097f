package io.voronka.jobs.capturecontrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.changecapture.CaptureSettings;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import io.voronka.jobs.capturecontrol.operators.ReconcileControlRows;
import io.voronka.jobs.capturecontrol.postgres.PostgresHeartbeats;
import io.voronka.jobs.capturecontrol.topics.ControlTopicsAtStart;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class CaptureControlIT {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureControlIT.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String HASH = "0123456789abcdef".repeat(4);

  @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  @TempDir Path files;

  private PostgresDatabase database;
  private ControlTopicsView topics;
  private JobClient job;

  @BeforeEach
  void createTablesAndTopics() throws Exception {
    database = POSTGRES.newDatabase();
    ControlDatabase.migrate(database.jdbcUrl(), database.user(), database.password());
    topics = new ControlTopicsView(KAFKA, database.database() + ".");
    KAFKA.createTopicsOfCell(
        topics.cell(),
        Topics.CONTROL_TENANTS,
        Topics.CONTROL_ACCOUNTS,
        Topics.CONTROL_AGENTS,
        Topics.CONTROL_RULES,
        Topics.CONTROL_RULE_SETS,
        Topics.CONTROL_PIPELINES,
        Topics.CONTROL_FIELDS,
        Topics.CONTROL_USERS,
        Topics.CONTROL_SIGNING_KEYS,
        Topics.CONTROL_MAIL_SENDERS,
        Topics.CONTROL_SCRIPTS,
        Topics.CONTROL_OPT_OUTS,
        Topics.CONTROL_SEQUENCES,
        Topics.CONTROL_REJECTED,
        Topics.SCHEMAS_PUBLISHED);
  }

  @AfterEach
  void stop() throws Exception {
    if (job != null) {
      if (!job.getJobExecutionResult().isDone()) {
        job.cancel().get(20, TimeUnit.SECONDS);
      }
      await().atMost(PATIENCE).until(() -> job.getJobExecutionResult().isDone());
    }
  }

  @Test
  void emptyTablesAreCompleteTooAndThenEachChangeIsPublished() throws Exception {
    submit("first", null);
    await().atMost(PATIENCE).until(() -> topics.complete(1));
    assertThat(topics.keys(ControlTable.TENANTS)).isEmpty();

    fill();
    await().atMost(PATIENCE).until(() -> topics.keys(ControlTable.RULE_SETS).contains("acme|1"));
    assertThat(topics.keys(ControlTable.TENANTS)).containsExactly("acme", "globex");
    assertThat(topics.keys(ControlTable.ACCOUNTS)).containsExactly("acme|main");
    assertThat(topics.keys(ControlTable.AGENTS)).containsExactly("acme|anna");
    assertThat(topics.keys(ControlTable.RULES)).containsExactly("acme|hello|1");
    assertThat(topics.keys(ControlTable.RULE_SETS)).containsExactly("acme|1");
    assertThat(topics.keys(ControlTable.PIPELINES)).containsExactly("acme|main|7300100");
    assertThat(topics.keys(ControlTable.FIELDS)).containsExactly("acme|main|LEAD|600003");
    assertThat(topics.keys(ControlTable.USERS)).containsExactly("acme|main|11002200");
    assertThat(topics.keys(ControlTable.SIGNING_KEYS)).containsExactly("acme|partner");

    database.execute(
        "UPDATE tenants SET effects_paused = true WHERE tenant_id = 'acme'",
        "DELETE FROM tenants WHERE tenant_id = 'globex'",
        rule(2),
        "INSERT INTO rule_sets (tenant_id, version, members)"
            + " VALUES ('acme', 2, '[{\"ruleId\": \"hello\", \"version\": 2}]')");

    await().atMost(PATIENCE).until(() -> topics.keys(ControlTable.RULE_SETS).contains("acme|2"));
    await().atMost(PATIENCE).until(() -> topics.complete(1));
    assertThat(topics.keys(ControlTable.RULES)).containsExactly("acme|hello|1", "acme|hello|2");
    assertThat(topics.tombstones(ControlTable.TENANTS)).containsExactly("globex");
    ControlChange acme = topics.snapshot().row(ControlTable.TENANTS, "acme").orElseThrow();
    assertThat(acme.getTenant().getEffectsPaused()).isTrue();
    ControlChange set = topics.snapshot().row(ControlTable.RULE_SETS, "acme|2").orElseThrow();
    assertThat(set.getRuleSet().getMembers().get(0).getVersion()).isEqualTo(2);
  }

  @Test
  void aChangeIsOnItsTopicSoonAfterItsCommit() throws Exception {
    fill();
    submit("first", null);
    await().atMost(PATIENCE).until(() -> topics.complete(1));
    List<Long> millis = new ArrayList<>();
    try (TopicTail tail = TopicTail.of(KAFKA, topics.cell() + Topics.CONTROL_RULES)) {
      for (int version = 2; version <= 31; version++) {
        database.execute(rule(version));
        long committed = System.nanoTime();

        long arrived = tail.awaitKey("acme|hello|" + version, PATIENCE);

        millis.add(TimeUnit.NANOSECONDS.toMillis(arrived - committed));
      }
    }
    Collections.sort(millis);
    LOG.info(
        "commit to Kafka, ms: median {}, max {}, all {}",
        millis.get(millis.size() / 2),
        millis.get(millis.size() - 1),
        millis);
    assertThat(millis.get(millis.size() / 2)).isLessThan(1_000);
  }

  @Test
  void aNewSubmissionReadsAnewAndBuriesWhatWentMeanwhile() throws Exception {
    fill();
    submit("first", null);
    await().atMost(PATIENCE).until(() -> topics.complete(1));
    long effectiveAt = effectiveAt("acme|1");
    String savepoint =
        job.stopWithSavepoint(false, files.toString(), SavepointFormatType.CANONICAL).get();
    database.execute(
        "DELETE FROM tenants WHERE tenant_id = 'globex'", "DELETE FROM agents", rule(2));

    submit("second", savepoint);

    await().atMost(PATIENCE).until(() -> topics.complete(2));
    assertThat(topics.tombstones(ControlTable.TENANTS)).containsExactly("globex");
    assertThat(topics.tombstones(ControlTable.AGENTS)).containsExactly("acme|anna");
    assertThat(topics.keys(ControlTable.RULES)).containsExactly("acme|hello|1", "acme|hello|2");
    assertThat(effectiveAt("acme|1")).isEqualTo(effectiveAt);
    assertThat(topics.snapshot().rows(ControlTable.RULES))
        .allMatch(row -> row.getGeneration() == 2);
  }

  @Test
  void goesOnInTheSameRunAfterItsConnectionWasKilled() throws Exception {
    fill();
    submit("first", null);
    await().atMost(PATIENCE).until(() -> topics.complete(1));
    // Only a committed position proves that there is a checkpoint to go on from.
    String atFirst = committedPosition();
    await().atMost(PATIENCE).until(() -> !committedPosition().equals(atFirst));

    for (int version = 2; version <= 3; version++) {
      database.query(
          "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
              + " WHERE active AND database = current_database()");
      database.execute(rule(version));

      String key = "acme|hello|" + version;
      await().atMost(PATIENCE).until(() -> topics.keys(ControlTable.RULES).contains(key));
    }

    await().atMost(PATIENCE).until(() -> topics.complete(1));
  }

  @Test
  void losesNothingWhenItsSlotIsGone() throws Exception {
    fill();
    submit("first", null);
    await().atMost(PATIENCE).until(() -> topics.complete(1));
    String atFirst = committedPosition();
    await().atMost(PATIENCE).until(() -> !committedPosition().equals(atFirst));

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              database.query(
                  "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
                      + " WHERE active AND database = current_database()");
              database.execute(
                  "SELECT pg_drop_replication_slot('" + database.database() + "_slot')");
              return true;
            });
    database.execute(rule(2), "DELETE FROM tenants WHERE tenant_id = 'globex'");

    await().atMost(PATIENCE).until(() -> topics.keys(ControlTable.RULES).contains("acme|hello|2"));
    await()
        .atMost(PATIENCE)
        .until(() -> topics.tombstones(ControlTable.TENANTS).contains("globex"));
    await().atMost(PATIENCE).until(() -> topics.complete(2));
  }

  private String committedPosition() throws Exception {
    return database
        .query(
            "SELECT confirmed_flush_lsn FROM pg_replication_slots"
                + " WHERE database = current_database()")
        .get(0);
  }

  private long effectiveAt(String key) {
    return topics
        .snapshot()
        .row(ControlTable.RULE_SETS, key)
        .orElseThrow()
        .getRuleSet()
        .getEffectiveAt();
  }

  private void fill() throws Exception {
    database.execute(
        tenant("acme"),
        tenant("globex"),
        "INSERT INTO crm_accounts (tenant_id, account_id, crm, subdomain, vendor_account_id,"
            + " webhook_token_sha256, api_base_url, token_reference) VALUES ('acme', 'main',"
            + " 'kommo', 'acme', 1001, '"
            + HASH
            + "', 'https://acme.kommo.com', 'store')",
        "INSERT INTO agents (tenant_id, agent_id, account_id, name)"
            + " VALUES ('acme', 'anna', 'main', 'Anna')",
        rule(1),
        "INSERT INTO rule_sets (tenant_id, version, members)"
            + " VALUES ('acme', 1, '[{\"ruleId\": \"hello\", \"version\": 1}]')",
        "INSERT INTO crm_pipelines (tenant_id, account_id, pipeline_id, name, stages)"
            + " VALUES ('acme', 'main', 7300100, 'Sales', '[{\"id\": 142, \"name\": \"Won\"}]')",
        "INSERT INTO crm_fields (tenant_id, account_id, entity_type, field_id, name, type, choices)"
            + " VALUES ('acme', 'main', 'leads', 600003, 'Source', 'select',"
            + " '[{\"id\": 700001, \"value\": \"Site\"}]')",
        "INSERT INTO crm_users (tenant_id, account_id, user_id, name)"
            + " VALUES ('acme', 'main', 11002200, 'Anna')",
        "INSERT INTO signing_keys (tenant_id, key_id, secret_references)"
            + " VALUES ('acme', 'partner', '[\"env:PARTNER\"]')");
  }

  private static String tenant(String id) {
    return "INSERT INTO tenants (tenant_id, name, time_zone, locale)"
        + " VALUES ('%s', '%s', 'UTC', 'en')".formatted(id, id);
  }

  private static String rule(int version) {
    return "INSERT INTO rules (tenant_id, rule_id, version, name, definition)"
        + " VALUES ('acme', 'hello', %d, 'Hello', '{}')".formatted(version);
  }

  private void submit(String submission, String savepoint) throws Exception {
    CaptureControlConfig config =
        CaptureControlConfig.from(
            JobArguments.of(
                "--kafka.bootstrap-servers", KAFKA.bootstrapServers(),
                "--cell", topics.cell(),
                "--checkpoint.interval", "300ms",
                "--restart.delay", "200ms",
                "--heartbeat.interval", "1s",
                "--postgres.host", database.host(),
                "--postgres.port", String.valueOf(database.port()),
                "--postgres.database", database.database(),
                "--postgres.user", database.user(),
                "--postgres.password", "env:TEST_PASSWORD",
                "--postgres.slot", database.database() + "_slot"));
    String password = database.password();
    CaptureSettings capture = config.capture(name -> password);
    Configuration settings = JobEnvironment.configuration(config.job());
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, files.toUri().toString());
    if (savepoint != null) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    CaptureControlPipeline.assemble(
        CaptureControlInputs.of(env, capture, submission),
        CaptureControlOutputs.to(config.job().kafka()),
        new CaptureControlPipeline.Settings(
            config.slot(),
            config.job().name(),
            new ReconcileControlRows.Settings(
                submission,
                config.heartbeatInterval(),
                new ControlTopicsAtStart(config.job().kafka()),
                () -> PostgresHeartbeats.of(capture))));
    job = env.executeAsync(config.job().name());
  }
}
