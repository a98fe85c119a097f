package io.voronka.infra.local.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.rules.parsing.RuleParser;
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
  private final RuleParser parser = RuleParser.create();
  private final ManifestReader reader;

  private ControlAccess(Function<String, Optional<String>> secrets) {
    this.reader = new ManifestReader(new EngineRuleCheck(parser), secrets);
  }

  /**
   * @param changes one line each, none when all was as asked for
   * @param warnings what is odd about the rule sets as they then are; nothing is refused for it
   * @param book the sequences of the documents
   */
  public record Applied(List<String> changes, List<String> warnings, SequenceBook book) {
    public Applied {
      changes = List.copyOf(changes);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param secrets resolves {@code env:NAME} and {@code file:/path}; empty when there is no such
   *     secret
   */
  public static ControlAccess with(Function<String, Optional<String>> secrets) {
    return new ControlAccess(secrets);
  }

  /**
   * Validates everything, then writes everything in one transaction.
   *
   * @param prune rules of the named tenants that the documents do not name leave the rule set
   * @throws ManifestException with every problem, before anything is written
   */
  public Applied apply(Connection connection, Path fileOrFolder, boolean prune)
      throws IOException, SQLException {
    Applier applier = new Applier(connection, prune, parser);
    Manifest manifest = reader.read(fileOrFolder);
    return applied(applier.apply(manifest), applier, manifest);
  }

  /** As {@link #apply}, and takes it all back. */
  public Applied dryRun(Connection connection, Path fileOrFolder, boolean prune)
      throws IOException, SQLException {
    Applier applier = new Applier(connection, prune, parser);
    Manifest manifest = reader.read(fileOrFolder);
    return applied(applier.dryRun(manifest), applier, manifest);
  }

  /**
   * @param kind what {@link Exporter.Kind} has, in lower case with dashes
   */
  public static List<ObjectNode> get(Connection connection, String kind) throws SQLException {
    return new Exporter(connection)
        .documents(Exporter.Kind.valueOf(kind.replace('-', '_').toUpperCase(Locale.ROOT)));
  }

  private static Applied applied(List<Change> changes, Applier applier, Manifest manifest) {
    return new Applied(
        changes.stream().map(Change::toString).toList(),
        applier.warnings(),
        SequenceBook.of(manifest));
  }
}
