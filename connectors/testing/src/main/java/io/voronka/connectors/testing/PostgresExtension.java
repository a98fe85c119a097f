package io.voronka.connectors.testing;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real PostgreSQL with logical decoding, on a free port.
 *
 * <pre>{@code
 * @RegisterExtension static final PostgresExtension POSTGRES = PostgresExtension.fast();
 * }</pre>
 */
public final class PostgresExtension implements BeforeAllCallback, AfterAllCallback {
  private enum Kind {
    FAST,
    SHARED,
    DURABLE
  }

  private final Kind kind;
  private PostgresServer server;

  private PostgresExtension(Kind kind) {
    this.kind = kind;
  }

  /**
   * A server of the class's own without fsync: what is committed survives the death of a process,
   * not that of the machine.
   */
  public static PostgresExtension fast() {
    return new PostgresExtension(Kind.FAST);
  }

  /**
   * As {@link #fast()}, but one server for all classes of a run that ask for it: for tests that are
   * content with new databases, and change nothing of the server.
   */
  public static PostgresExtension shared() {
    return new PostgresExtension(Kind.SHARED);
  }

  /** With fsync, for tests about durability or honest latency. */
  public static PostgresExtension durable() {
    return new PostgresExtension(Kind.DURABLE);
  }

  /** What a database has before a test gets it. */
  @FunctionalInterface
  public interface Schema {
    void create(PostgresDatabase empty) throws SQLException;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    if (kind == Kind.SHARED) {
      server =
          context
              .getRoot()
              .getStore(Namespace.create(PostgresExtension.class))
              .getOrComputeIfAbsent(
                  PostgresServer.class, type -> PostgresServer.start(false), PostgresServer.class);
    } else {
      server = PostgresServer.start(kind == Kind.DURABLE);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (server != null && kind != Kind.SHARED) {
      server.close();
    }
    server = null;
  }

  /**
   * The database that is there from the beginning, for all classes that share the server; see
   * {@link #newDatabase()} for one that no other test has touched.
   */
  public PostgresDatabase database() {
    return server.database("postgres");
  }

  /** Creates an empty database on the same server. */
  public PostgresDatabase newDatabase() throws SQLException {
    return server.newDatabase("template1");
  }

  /**
   * Creates a database with a schema, which is made once on a server and copied then: in a tenth of
   * the time.
   *
   * @param schema the same object for the same schema
   */
  public PostgresDatabase newDatabase(Schema schema) throws SQLException {
    return server.newDatabase(server.templateOf(schema));
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
