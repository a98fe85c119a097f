package io.voronka.connectors.changecapture;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** What the server still keeps for us. */
final class ReplicationSlot {
  private static final int TIMEOUT_SECONDS = 10;

  private static final String KEPT =
      "SELECT (restart_lsn - '0/0'::pg_lsn)::bigint,"
          + " (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint FROM pg_replication_slots"
          + " WHERE slot_name = ? AND restart_lsn IS NOT NULL AND wal_status <> 'lost'";

  private static final String DROP_LOST =
      "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
          + " WHERE slot_name = ? AND wal_status = 'lost'";

  private final CaptureSettings settings;

  ReplicationSlot(CaptureSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether the changes from a position on can still be read. Not when the slot was dropped, when
   * the server has thrown its write-ahead log away, or when the slot was made anew since; nor on
   * another server, restored from a copy, whose log has not come so far: it would be silent until
   * then.
   *
   * @throws IllegalStateException when the server does not say
   */
  boolean reaches(long position) {
    try (Connection connection = open();
        PreparedStatement query = connection.prepareStatement(KEPT)) {
      query.setString(1, settings.slot());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getLong(1) <= position && position <= row.getLong(2);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the slot " + settings.slot() + " cannot be looked at", e);
    }
  }

  /** A slot whose log is gone would be refused for ever; a new one is made where there is none. */
  void dropIfLost() {
    try (Connection connection = open();
        PreparedStatement drop = connection.prepareStatement(DROP_LOST)) {
      drop.setString(1, settings.slot());
      drop.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("the lost slot " + settings.slot() + " stays", e);
    }
  }

  private Connection open() throws SQLException {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(new String[] {settings.host()});
    database.setPortNumbers(new int[] {settings.port()});
    database.setDatabaseName(settings.database());
    database.setUser(settings.user());
    database.setPassword(settings.password().get());
    database.setConnectTimeout(TIMEOUT_SECONDS);
    database.setSocketTimeout(TIMEOUT_SECONDS);
    return database.getConnection();
  }
}
