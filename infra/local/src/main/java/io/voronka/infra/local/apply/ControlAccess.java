package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The door to this package for the command line, the demo and tests: documents in, documents out.
 */
public final class ControlAccess {
  private final ManifestReader reader;

  private ControlAccess(ManifestReader reader) {
    this.reader = reader;
  }

  /**
   * @param secrets resolves {@code env:NAME} and {@code file:/path}; empty when there is no such
   *     secret
   */
  public static ControlAccess with(Function<String, Optional<String>> secrets) {
    return new ControlAccess(new ManifestReader(new EngineRuleCheck(), secrets));
  }

  /**
   * Validates everything, then writes everything in one transaction.
   *
   * @param prune rules of the named tenants that the documents do not name leave the rule set
   * @return one line per change, none when all was as asked for
   * @throws ManifestException with every problem, before anything is written
   */
  public List<String> apply(Connection connection, Path fileOrFolder, boolean prune)
      throws IOException, SQLException {
    return lines(new Applier(connection, prune).apply(reader.read(fileOrFolder)));
  }

  /** As {@link #apply}, and takes it all back. */
  public List<String> dryRun(Connection connection, Path fileOrFolder, boolean prune)
      throws IOException, SQLException {
    return lines(new Applier(connection, prune).dryRun(reader.read(fileOrFolder)));
  }

  /**
   * @param kind what {@link Exporter.Kind} has, in lower case with dashes
   */
  public static List<ObjectNode> get(Connection connection, String kind) throws SQLException {
    return new Exporter(connection)
        .documents(Exporter.Kind.valueOf(kind.replace('-', '_').toUpperCase(Locale.ROOT)));
  }

  private static List<String> lines(List<Change> changes) {
    return changes.stream().map(Change::toString).toList();
  }
}
