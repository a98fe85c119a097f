package io.voronka.infra.local.command;

import io.voronka.infra.local.stack.SourceTree;
import io.voronka.infra.local.stack.StackAddresses;
import io.voronka.infra.local.stack.StackException;
import io.voronka.infra.local.stack.StackFile;
import io.voronka.infra.local.topics.AnsweringKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which control database a subcommand speaks to: the one given, or that of the local stack that
 * runs.
 */
final class DatabaseOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "JDBC address of the control database; that of the local stack unless given.")
  private String url;

  @Option(names = "--database-user", paramLabel = "USER", defaultValue = "postgres")
  private String user;

  @Option(
      names = "--database-password-file",
      paramLabel = "FILE",
      description = "The file that holds its password.")
  private Path passwordFile;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The local stack's data folder; .voronka in the repository unless given.")
  private Path data;

  Connection connect() throws SQLException, IOException {
    return source().getConnection();
  }

  /** For those who need more than one connection. */
  DataSource source() throws IOException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    if (url != null) {
      try {
        source.setUrl(url);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(),
            "--database-url must be like jdbc:postgresql://localhost:5432/voronka, not " + url,
            e);
      }
      source.setUser(user);
      source.setPassword(passwordFile == null ? "" : Files.readString(passwordFile).strip());
      return source;
    }
    StackAddresses local = stack("--database-url").addresses();
    source.setUrl(local.jdbcUrl());
    source.setUser(local.databaseUser());
    source.setPassword(Files.readString(local.databasePasswordFile()));
    return source;
  }

  /**
   * The local stack that runs.
   *
   * @param otherwise the option that would do without one
   * @throws StackException when none runs
   */
  StackFile stack(String otherwise) {
    return StackFile.running(folder(), otherwise);
  }

  /** Where the local stack's parts are; empty when none runs, or another database was given. */
  Optional<StackAddresses> localStack() {
    return url != null ? Optional.empty() : StackFile.read(folder()).map(StackFile::addresses);
  }

  /**
   * Bootstrap servers of the cell.
   *
   * @param given null: those of the local stack
   */
  String kafka(String given) {
    return AnsweringKafka.at(given != null ? given : stack("--kafka").addresses().kafka());
  }

  private Path folder() {
    return (data != null ? data : SourceTree.find().defaultData()).toAbsolutePath().normalize();
  }
}
