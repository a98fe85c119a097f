package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.ControlAccess;
import io.voronka.infra.local.apply.Counted;
import io.voronka.infra.local.apply.ManifestException;
import io.voronka.infra.local.apply.SequenceBook;
import io.voronka.infra.local.sequences.PublishPreview;
import io.voronka.infra.local.sequences.SequenceRecords;
import io.voronka.infra.local.stack.StackAddresses;
import io.voronka.infra.local.topics.AnsweringKafka;
import io.voronka.infra.local.why.UnanswerableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts documents into the control tables. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description =
        "Validates documents as a whole, then writes them in one transaction, rules and sequences as"
            + " new versions. Each has a kind: Tenant, Account, Agent, Rule, Sequence, SigningKey,"
            + " MailSender, Script or OptOut; 'voronka get' prints examples. What is of kind Example"
            + " is checked and left aside.")
public final class ApplyCommand implements Callable<Integer> {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE|FOLDER",
      description = "A YAML or JSON file, or a folder of them.")
  private Path file;

  @Option(
      names = "--dry-run",
      description =
          "Say what would change, and what would become of those who are inside sequences; change"
              + " nothing.")
  private boolean dryRun;

  @Option(
      names = "--prune",
      description =
          "Rules of the tenants in the documents that no document names leave the rule set.")
  private boolean prune;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "With --dry-run: the cell whose leads in sequences are counted; that of the local stack"
              + " unless given.")
  private String kafka;

  @Mixin private DatabaseOptions database;

  @Override
  public Integer call() throws IOException, SQLException, UnanswerableException {
    PrintStream out = System.out;
    ControlAccess access = ControlAccess.with(secrets(System::getenv));
    try (Connection connection = database.connect()) {
      ControlAccess.Applied applied =
          dryRun ? access.dryRun(connection, file, prune) : access.apply(connection, file, prune);
      applied.changes().forEach(out::println);
      applied.warnings().forEach(out::println);
      if (dryRun) {
        inside(applied.book()).forEach(out::println);
      }
      if (applied.changes().isEmpty()) {
        out.println("nothing to change");
      } else if (dryRun) {
        out.println("dry run: nothing was changed");
      }
      out.flush();
      return ExitCodes.OK;
    } catch (ManifestException e) {
      e.problems().forEach(problem -> System.err.println(problem));
      System.err.println(
          "voronka: " + Counted.of(e.problems().size(), "problem") + "; nothing was changed");
      return ExitCodes.FAILED;
    }
  }

  /** What becomes of those who are inside sequences; nothing where no cell is known. */
  private List<String> inside(SequenceBook book) throws IOException, UnanswerableException {
    if (book.sequences().isEmpty()) {
      return List.of();
    }
    String cell =
        kafka == null
            ? database.localStack().map(StackAddresses::kafka).orElse(null)
            : AnsweringKafka.at(kafka);
    if (cell == null) {
      return List.of();
    }
    return PublishPreview.of(SequenceRecords.open(cell), book).stream()
        .flatMap(preview -> preview.lines().stream())
        .toList();
  }

  /** {@code env:NAME} and {@code file:/path}. */
  static Function<String, Optional<String>> secrets(Function<String, String> environment) {
    return reference -> {
      if (reference.startsWith("env:")) {
        return Optional.ofNullable(environment.apply(reference.substring("env:".length())));
      }
      try {
        return Optional.of(Files.readString(Path.of(reference.substring("file:".length()))));
      } catch (IOException e) {
        // The caller names the reference; the reason is that it cannot be read.
        return Optional.empty();
      }
    };
  }
}
