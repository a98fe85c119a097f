package io.voronka.infra.local.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** SQL over one connection, in the caller's transaction. */
final class Statements {
  private final Connection connection;

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Waits until no other transaction is alone under this name; until its end, this one is. */
  void alone(String name) throws SQLException {
    update("SELECT pg_advisory_xact_lock(hashtext(?))", name);
  }

  long number(String sql, Object... parameters) throws SQLException {
    long[] found = new long[1];
    query(sql, row -> found[0] = row.getLong(1), parameters);
    return found[0];
  }

  void query(String sql, RowReader reader, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  void update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      statement.execute();
    }
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  @FunctionalInterface
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
