package io.voronka.infra.local.command;

import io.voronka.connectors.crm.kommo.rest.HttpLimits;
import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.JdbcTokenStore;
import io.voronka.connectors.crm.tokens.TokenCipher;
import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.imports.AccountImport;
import io.voronka.infra.local.imports.ImportException;
import io.voronka.infra.local.imports.ImportOrder;
import io.voronka.infra.local.imports.ImportedKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes over what a CRM holds already. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description =
        "Reads a tenant's CRM accounts: pipelines, fields and users into the control tables, leads, contacts and companies"
            + " onto crm.events, so that rules know them before their first webhook. Fires no rule. A run that was cut"
            + " short goes on where it stopped; one that was finished looks only for what changed since.")
public final class ImportCommand implements Callable<Integer> {
  /** A page of 250 leads with all their fields takes the vendor a while. */
  private static final HttpLimits LIMITS =
      new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(60), 32 << 20);

  @Spec private CommandSpec spec;

  @Option(names = "--tenant", required = true, paramLabel = "ID")
  private String tenant;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "Only this account; all active ones of the tenant unless given.")
  private String account;

  @Option(
      names = "--only",
      paramLabel = "KIND",
      split = ",",
      description = "${COMPLETION-CANDIDATES}; all unless given.")
  private Set<ImportedKind> only = EnumSet.allOf(ImportedKind.class);

  @Option(
      names = "--refresh-catalogue",
      description =
          "Read pipelines, fields and users alone, and say what changed. Can be run from a timetable.")
  private boolean catalogueOnly;

  @Option(names = "--fresh", description = "Begin at the beginning, whatever was read before.")
  private boolean fresh;

  @Option(
      names = "--requests-per-second",
      paramLabel = "N",
      defaultValue = "" + ImportOrder.USUAL_PACE,
      description =
          "The import's own budget, ${DEFAULT-VALUE} unless given; what the account grants beyond it stays with those who act.")
  private int requestsPerSecond;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description = "The local stack's unless given.")
  private String kafka;

  @Option(
      names = "--cell",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Stands before every topic name; none unless given.")
  private String cell;

  @Option(
      names = "--token-key-file",
      paramLabel = "FILE",
      description =
          "The key that the token store is encrypted with; the local stack's unless given.")
  private Path tokenKeyFile;

  @Mixin private DatabaseOptions database;

  @Override
  public Integer call() throws IOException, SQLException {
    if (requestsPerSecond < 1) {
      throw new ParameterException(spec.commandLine(), "--requests-per-second must be at least 1");
    }
    if (catalogueOnly && fresh) {
      throw new ParameterException(
          spec.commandLine(), "--refresh-catalogue reads everything anew; --fresh is for the rest");
    }
    Set<ImportedKind> kinds = catalogueOnly ? EnumSet.noneOf(ImportedKind.class) : only;
    ImportOrder order = new ImportOrder(tenant, account, kinds, fresh, requestsPerSecond);
    DataSource source = database.source();
    JdbcTokenStore tokens =
        new JdbcTokenStore(source, TokenCipher.withKey(Files.readString(tokenKeyFile())));
    Clock clock = Clock.systemUTC();
    ImportScreen screen = ImportScreen.standard(clock);
    try (Connection connection = source.getConnection();
        KommoClient crm = KommoClient.start(tokens, new Secrets(System::getenv), clock, LIMITS)) {
      new AccountImport(connection, crm.inventory(), kafkaSettings(), clock, screen).run(order);
      return ExitCodes.OK;
    } catch (ImportException e) {
      screen.settle();
      System.err.println("voronka: " + e.getMessage());
      return ExitCodes.FAILED;
    } finally {
      screen.settle();
    }
  }

  private KafkaSettings kafkaSettings() {
    String servers = kafka != null ? kafka : database.stack("--kafka").addresses().kafka();
    return KafkaSettings.of(servers, "voronka-import").withCell(cell);
  }

  private Path tokenKeyFile() {
    return tokenKeyFile != null
        ? tokenKeyFile
        : database.stack("--token-key-file").addresses().tokenKeyFile();
  }
}
