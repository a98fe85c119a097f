package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.Pauses;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What is paused, or goes on. */
final class PauseOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--all", description = "Everything.")
  private boolean all;

  @Option(names = "--tenant", paramLabel = "ID", description = "Everything of a tenant, or:")
  private String tenant;

  @Option(names = "--account", paramLabel = "ID", description = "One CRM account of the tenant.")
  private String account;

  @Option(names = "--agent", paramLabel = "ID", description = "The rules of one agent.")
  private String agent;

  @Option(names = "--rule", paramLabel = "ID", description = "One rule of the tenant.")
  private String rule;

  @Mixin private DatabaseOptions database;

  int set(boolean paused) throws IOException, SQLException {
    int parts = (account == null ? 0 : 1) + (agent == null ? 0 : 1) + (rule == null ? 0 : 1);
    if (all == (tenant != null) || parts > 1 || parts == 1 && tenant == null) {
      throw new ParameterException(
          spec.commandLine(),
          "give --all, or --tenant with at most one of --account, --agent and --rule");
    }
    Pauses.Scope scope = new Pauses.Scope(tenant, account, agent, rule);
    try (Connection connection = database.connect()) {
      int changed = new Pauses(connection).set(scope, paused);
      String state = paused ? "paused" : "not paused";
      System.out.println(scope + (changed == 0 ? ": was " + state + " already" : ": " + state));
      System.out.flush();
      return ExitCodes.OK;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return ExitCodes.FAILED;
    }
  }
}
