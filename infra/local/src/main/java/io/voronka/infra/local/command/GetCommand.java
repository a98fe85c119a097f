package io.voronka.infra.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.local.apply.ControlAccess;
import io.voronka.infra.local.apply.DocumentWriter;
import io.voronka.infra.local.effects.HeardOptOutBook;
import io.voronka.infra.local.imports.CatalogueDocuments;
import io.voronka.schemas.OptOutRow;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the control tables as documents. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description =
        "Prints what is in the control tables: tenants, accounts, agents, rules, signing keys, mail senders, scripts, opt-outs and sequences as documents that 'voronka apply' takes;"
            + " pipelines, fields and users as 'voronka import' found them in the CRM; heard-opt-outs: who has said itself,"
            + " by a word or by a mail's link, that it wants no more messages.")
public final class GetCommand implements Callable<Integer> {

  /** What can be printed. */
  enum What {
    TENANTS,
    ACCOUNTS,
    AGENTS,
    RULES,
    SIGNING_KEYS,
    MAIL_SENDERS,
    SCRIPTS,
    OPT_OUTS,
    HEARD_OPT_OUTS,
    SEQUENCES,
    PIPELINES,
    FIELDS,
    USERS;

    /** Read from the CRM by 'voronka import', and not for 'voronka apply'. */
    boolean ofCatalogue() {
      return this == PIPELINES || this == FIELDS || this == USERS;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
  private What what;

  @Option(names = "--tenant", paramLabel = "ID", description = "Only this tenant's.")
  private String tenant;

  @Option(names = "--json", description = "One JSON document a line instead of YAML.")
  private boolean asJson;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "With heard-opt-outs: bootstrap servers of the cell; those of the local stack unless given.")
  private String kafka;

  @Mixin private DatabaseOptions database;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, SQLException {
    PrintStream out = System.out;
    DocumentWriter writer = asJson ? DocumentWriter.json() : DocumentWriter.yaml();
    int printed = 0;
    for (ObjectNode document : documents()) {
      String owner = document.path(what == What.TENANTS ? "id" : "tenant").asText();
      if (tenant == null || tenant.equals(owner)) {
        out.print(writer.write(document));
        printed++;
      }
    }
    out.flush();
    if (tenant != null && printed == 0 && !isThere(tenant)) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("voronka: there is no tenant " + tenant);
      err.flush();
      return ExitCodes.FAILED;
    }
    return ExitCodes.OK;
  }

  /** Of what comes from Kafka alone, the database is not asked. */
  private boolean isThere(String id) throws IOException, SQLException {
    if (what == What.HEARD_OPT_OUTS) {
      return true;
    }
    try (Connection connection = database.connect()) {
      return ControlAccess.get(connection, What.TENANTS.toString()).stream()
          .anyMatch(document -> id.equals(document.path("id").asText()));
    }
  }

  private List<ObjectNode> documents() throws IOException, SQLException {
    if (what == What.HEARD_OPT_OUTS) {
      return new HeardOptOutBook(database.kafka(kafka), Clock.systemUTC())
          .inForce().stream().map(GetCommand::document).toList();
    }
    try (Connection connection = database.connect()) {
      return what.ofCatalogue()
          ? CatalogueDocuments.get(connection, what.toString())
          : ControlAccess.get(connection, what.toString());
    }
  }

  private static ObjectNode document(OptOutRow row) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("tenant", row.getTenantId()).put("recipient", row.getRecipient());
    document.put("way", row.getWay()).put("cause", row.getCause());
    return document.put("at", Instant.ofEpochMilli(row.getAt()).toString());
  }
}
