package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.StarterScripts;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints sales scripts to begin with. */
@Command(
    name = "starter-scripts",
    mixinStandardHelpOptions = true,
    description =
        "Prints sales scripts for typical situations, objections among them, as documents that 'voronka apply' takes.")
public final class StarterScriptsCommand implements Callable<Integer> {

  @Option(names = "--tenant", required = true, paramLabel = "ID")
  private String tenant;

  @Option(names = "--agent", required = true, paramLabel = "ID", description = "Who says them.")
  private String agent;

  @Option(names = "--locale", required = true, paramLabel = "ru|en")
  private Locale locale;

  /** The languages that there are scripts in. */
  enum Locale {
    RU,
    EN
  }

  @Override
  public Integer call() throws IOException {
    String tag = locale.name().toLowerCase(java.util.Locale.ROOT);
    System.out.print(StarterScripts.of(tenant, agent, tag));
    System.out.flush();
    return ExitCodes.OK;
  }
}
