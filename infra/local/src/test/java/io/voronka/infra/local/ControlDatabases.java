package io.voronka.infra.local;

import io.voronka.connectors.testing.PostgresDatabase;
import io.voronka.connectors.testing.PostgresExtension;
import io.voronka.infra.postgres.ControlDatabase;
import java.sql.SQLException;

/** Control databases with all their tables, and nothing in them. */
public final class ControlDatabases {
  private static final PostgresExtension.Schema SCHEMA =
      empty -> ControlDatabase.migrate(empty.jdbcUrl(), empty.user(), empty.password());

  private ControlDatabases() {}

  /** One that no other test has touched. */
  public static PostgresDatabase newOn(PostgresExtension postgres) throws SQLException {
    return postgres.newDatabase(SCHEMA);
  }
}
