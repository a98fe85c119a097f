package io.voronka.infra.local.stack;

import io.voronka.infra.local.postgres.PostgresHost;
import io.voronka.infra.local.process.JavaCommand;
import io.voronka.infra.local.process.Leashed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The control database's server. */
final class PostgresPart implements Component {

  static final String USER = "voronka";
  static final String DATABASE = "voronka";

  private static final int STOP_MILLIS = 10_000;

  private final DataDirectory data;
  private final int port;
  private final Path passwordFile;

  PostgresPart(DataDirectory data, int port) {
    this.data = data;
    this.port = port;
    this.passwordFile = data.secret("postgres-password", 18);
  }

  @Override
  public String name() {
    return LocalStack.POSTGRES;
  }

  @Override
  public String address() {
    return url(DATABASE);
  }

  @Override
  public Launch launch() {
    return new Launch(
        new JavaCommand(
                32,
                List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-D" + Leashed.GRACE_PROPERTY + "=" + STOP_MILLIS),
                SourceTree.ownClassPath(),
                PostgresHost.class.getName(),
                List.of(
                    data.folder("programs").resolve("postgres").toString(),
                    dataFolder().toString(),
                    Integer.toString(port),
                    USER,
                    passwordFile.toString()))
            .line(),
        Map.of());
  }

  @Override
  public boolean ready() throws SQLException, IOException {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(2);
    }
  }

  @Override
  public List<Long> furtherPids() {
    long postmaster = PostgresHost.postmaster(dataFolder());
    return postmaster > 0 ? List.of(postmaster) : List.of();
  }

  /** Creates our database unless it is there. */
  void createDatabase() throws SQLException, IOException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      boolean there =
          statement
              .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")
              .next();
      if (!there) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  Path passwordFile() {
    return passwordFile;
  }

  String password() throws IOException {
    return Files.readString(passwordFile);
  }

  int port() {
    return port;
  }

  private Path dataFolder() {
    return data.file("postgres");
  }

  private Connection connect(String database) throws SQLException, IOException {
    return DriverManager.getConnection(url(database), USER, password());
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
