package io.voronka.infra.local.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Holds effects back. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description =
        "Holds back the effects of everything, a tenant, or an account, agent or rule of it, within a second."
            + " Rules go on deciding; what waits is sent after 'voronka resume', or expires.")
public final class PauseCommand implements Callable<Integer> {
  @Mixin private PauseOptions options;

  @Override
  public Integer call() throws IOException, SQLException {
    return options.set(true);
  }
}
