package io.voronka.jobs.capturecontrol.postgres;

import io.voronka.connectors.changecapture.CaptureSettings;
import io.voronka.jobs.capturecontrol.operators.HeartbeatException;
import io.voronka.jobs.capturecontrol.operators.HeartbeatWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one connection, opened at the first beat and again after a failure. */
public final class PostgresHeartbeats implements HeartbeatWriter {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresHeartbeats.class);
  private static final int TIMEOUT_SECONDS = 3;
  private static final String BEAT =
      "INSERT INTO capture_heartbeats (slot, generation, beat) VALUES (?, ?, ?)"
          + " ON CONFLICT (slot) DO UPDATE"
          + " SET generation = excluded.generation, beat = excluded.beat, beaten_at = now()";

  private final PGSimpleDataSource database;
  private final String slot;
  private Connection connection;

  private PostgresHeartbeats(PGSimpleDataSource database, String slot) {
    this.database = database;
    this.slot = slot;
  }

  /** Writes into the captured database, under the slot's name. */
  public static PostgresHeartbeats of(CaptureSettings capture) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(new String[] {capture.host()});
    database.setPortNumbers(new int[] {capture.port()});
    database.setDatabaseName(capture.database());
    database.setUser(capture.user());
    database.setPassword(capture.password().get());
    database.setApplicationName("voronka capture-control");
    database.setConnectTimeout(TIMEOUT_SECONDS);
    database.setSocketTimeout(TIMEOUT_SECONDS);
    return new PostgresHeartbeats(database, capture.slot());
  }

  @Override
  public void beat(long generation, long beat) throws HeartbeatException {
    try {
      if (connection == null) {
        connection = database.getConnection();
      }
      try (PreparedStatement statement = connection.prepareStatement(BEAT)) {
        statement.setString(1, slot);
        statement.setLong(2, generation);
        statement.setLong(3, beat);
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      close();
      throw new HeartbeatException(e);
    }
  }

  @Override
  public void close() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("the heartbeat's connection was already gone", e);
      }
      connection = null;
    }
  }
}
