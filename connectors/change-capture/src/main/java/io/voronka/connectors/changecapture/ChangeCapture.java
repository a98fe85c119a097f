package io.voronka.connectors.changecapture;

import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.cdc.connectors.base.options.StartupOptions;
import org.apache.flink.cdc.connectors.postgres.source.PostgresSourceBuilder.PostgresIncrementalSource;

/**
 * Reads PostgreSQL tables whole, then follows their changes in commit order, with nothing lost in
 * between: the changes begin where the reading began, so that those made meanwhile come by again
 * although the rows read may show them already. Run it with parallelism 1.
 *
 * <p>Two ways in which Flink CDC can lose changes are closed here. A position taken from a
 * heartbeat makes it skip the first transaction after a recovery: heartbeats are off, so the slot
 * moves only when a captured table is written, and somebody must write to one now and then. And a
 * slot only moves forward, so an old savepoint's position may be gone: each submission reads the
 * tables anew ({@link RereadingSource}).
 */
public final class ChangeCapture {
  private static final String MILLIS_BETWEEN_POLLS = "50";
  private static final String MILLIS_BETWEEN_SLOT_RETRIES = "1000";

  private ChangeCapture() {}

  /**
   * @param submission differs between submissions of a job and stays the same through its
   *     recoveries
   */
  public static Source<RowChange, ?, ?> source(CaptureSettings settings, String submission) {
    return new RereadingSource(settings, submission);
  }

  static PostgresIncrementalSource<RowChange> incremental(CaptureSettings settings) {
    Properties debezium = new Properties();
    debezium.setProperty("publication.name", settings.publication());
    debezium.setProperty("publication.autocreate.mode", "disabled");
    debezium.setProperty("slot.retry.delay.ms", MILLIS_BETWEEN_SLOT_RETRIES);
    // Changes wait for this poll; the default of half a second is most of the latency.
    debezium.setProperty("poll.interval.ms", MILLIS_BETWEEN_POLLS);
    debezium.setProperty("decimal.handling.mode", "string");
    debezium.setProperty("skipped.operations", "t");
    return PostgresIncrementalSource.<RowChange>builder()
        .hostname(settings.host())
        .port(settings.port())
        .database(settings.database())
        .schemaList(
            settings.tables().stream()
                .map(table -> table.substring(0, table.indexOf('.')))
                .distinct()
                .toArray(String[]::new))
        .tableList(settings.tables().toArray(String[]::new))
        .username(settings.user())
        .password(settings.password().get())
        .decodingPluginName("pgoutput")
        .slotName(settings.slot())
        .heartbeatInterval(Duration.ZERO)
        // With it each table takes a replication slot of its own for a moment, seconds in all.
        .skipSnapshotBackfill(true)
        .startupOptions(StartupOptions.initial())
        .connectionPoolSize(4)
        .debeziumProperties(debezium)
        .deserializer(new RowChangeDecoder())
        .build();
  }
}
