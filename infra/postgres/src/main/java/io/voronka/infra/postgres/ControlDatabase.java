package io.voronka.infra.postgres;

import org.flywaydb.core.Flyway;

/** Brings a PostgreSQL database to the schema that this version of Voronka expects. */
public final class ControlDatabase {
  /** The publication through which the control tables are captured. */
  public static final String PUBLICATION = "voronka_control";

  private ControlDatabase() {}

  /**
   * Applies the migrations that the database does not have yet; safe to call at every start, and by
   * several processes at once.
   *
   * @param jdbcUrl {@code jdbc:postgresql://host:port/database}; the server must run with {@code
   *     wal_level=logical}
   * @return how many migrations were applied; 0 when there was nothing to do
   * @throws org.flywaydb.core.api.FlywayException when the database cannot be reached, or an
   *     applied migration is not the one we know
   */
  public static int migrate(String jdbcUrl, String user, String password) {
    return Flyway.configure(ControlDatabase.class.getClassLoader())
        .dataSource(jdbcUrl, user, password)
        .locations("classpath:db/migration")
        .validateMigrationNaming(true)
        .load()
        .migrate()
        .migrationsExecuted;
  }
}
