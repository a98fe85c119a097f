package io.voronka.connectors.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that runs, and its databases. */
final class PostgresServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String USER = "postgres";
  private static final String PASSWORD = "postgres";

  private final EmbeddedPostgres server;
  private final AtomicInteger databases = new AtomicInteger();
  private final Map<PostgresExtension.Schema, String> templates = new HashMap<>();

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  static PostgresServer start(boolean fsync) {
    try {
      return new PostgresServer(
          EmbeddedPostgres.builder()
              .setServerConfig("wal_level", "logical")
              .setServerConfig("fsync", fsync ? "on" : "off")
              // Logical decoding sends only what is flushed; "off" would add up to 200 ms to each
              // captured change.
              .setServerConfig("synchronous_commit", "on")
              // Tests of many classes may leave theirs open.
              .setServerConfig("max_connections", "200")
              .setServerConfig("max_slot_wal_keep_size", "1GB")
              .setServerConfig("shared_buffers", "32MB")
              .setServerConfig("timezone", "UTC")
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    }
  }

  PostgresDatabase database(String name) {
    return new PostgresDatabase(HOST, server.getPort(), name, USER, PASSWORD);
  }

  /** Creates a copy of a database that nobody is connected to. */
  PostgresDatabase newDatabase(String template) throws SQLException {
    String name = "test_" + databases.incrementAndGet();
    try (Connection connection = database("postgres").connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    }
    return database(name);
  }

  /** The database that holds a schema and nothing else. */
  synchronized String templateOf(PostgresExtension.Schema schema) throws SQLException {
    String known = templates.get(schema);
    if (known != null) {
      return known;
    }
    PostgresDatabase made = newDatabase("template1");
    schema.create(made);
    templates.put(schema, made.database());
    return made.database();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
