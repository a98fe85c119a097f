package io.voronka.infra.local.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets effects go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Lets the effects that 'voronka pause' holds back go on.")
public final class ResumeCommand implements Callable<Integer> {
  @Mixin private PauseOptions options;

  @Override
  public Integer call() throws IOException, SQLException {
    return options.set(false);
  }
}
