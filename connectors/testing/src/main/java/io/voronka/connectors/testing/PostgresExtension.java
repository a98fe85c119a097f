package io.voronka.connectors.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real PostgreSQL with logical decoding, on a free port, for the tests of one class.
 *
 * <pre>{@code
 * @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();
 * }</pre>
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {
  private static final String HOST = "127.0.0.1";
  private static final String USER = "postgres";
  private static final String PASSWORD = "postgres";

  private final boolean fsync;
  private final AtomicInteger databases = new AtomicInteger();
  private EmbeddedPostgres server;

  private PostgresExtension(boolean fsync) {
    this.fsync = fsync;
  }

  /** Without fsync: what is committed survives the death of a process, not that of the machine. */
  public static PostgresExtension fast() {
    return new PostgresExtension(false);
  }

  /** With fsync, for tests about durability or honest latency. */
  public static PostgresExtension durable() {
    return new PostgresExtension(true);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setServerConfig("wal_level", "logical")
            .setServerConfig("fsync", fsync ? "on" : "off")
            // Logical decoding sends only what is flushed; "off" would add up to 200 ms to each
            // captured change.
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "50")
            .setServerConfig("max_slot_wal_keep_size", "1GB")
            .setServerConfig("shared_buffers", "32MB")
            .setServerConfig("timezone", "UTC")
            .start();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /**
   * The database that is there from the beginning; see {@link #newDatabase()} for one that no other
   * test has touched.
   */
  public PostgresDatabase database() {
    return new PostgresDatabase(HOST, server.getPort(), "postgres", USER, PASSWORD);
  }

  /** Creates an empty database on the same server. */
  public PostgresDatabase newDatabase() throws SQLException {
    String name = "test_" + databases.incrementAndGet();
    try (Connection connection = database().connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new PostgresDatabase(HOST, server.getPort(), name, USER, PASSWORD);
  }

  public String host() {
    return database().host();
  }

  public int port() {
    return database().port();
  }

  public String user() {
    return database().user();
  }

  public String password() {
    return database().password();
  }

  public String jdbcUrl() {
    return database().jdbcUrl();
  }
}
