package io.voronka.infra.local;

import io.voronka.infra.local.command.ApplyCommand;
import io.voronka.infra.local.command.BenchCommand;
import io.voronka.infra.local.command.ConnectCommand;
import io.voronka.infra.local.command.DemoCommand;
import io.voronka.infra.local.command.ExitCodes;
import io.voronka.infra.local.command.GetCommand;
import io.voronka.infra.local.command.ImportCommand;
import io.voronka.infra.local.command.LogsCommand;
import io.voronka.infra.local.command.OptOutCommand;
import io.voronka.infra.local.command.PauseCommand;
import io.voronka.infra.local.command.RedeliverCommand;
import io.voronka.infra.local.command.ResumeCommand;
import io.voronka.infra.local.command.RulesCommand;
import io.voronka.infra.local.command.SavepointCommand;
import io.voronka.infra.local.command.SequencesCommand;
import io.voronka.infra.local.command.SoakCommand;
import io.voronka.infra.local.command.StarterScriptsCommand;
import io.voronka.infra.local.command.StatusCommand;
import io.voronka.infra.local.command.StopCommand;
import io.voronka.infra.local.command.SubmitCommand;
import io.voronka.infra.local.command.UpCommand;
import io.voronka.infra.local.command.WatchCommand;
import io.voronka.infra.local.command.WhyCommand;
import io.voronka.infra.local.command.WithdrawCommand;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: one subcommand per class, all of them in {@link #subcommands()}. */
@Command(
    name = "voronka",
    mixinStandardHelpOptions = true,
    version = "voronka 0.1.0",
    description = "Runs Voronka on this machine and looks after its jobs on any Flink cluster.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:it worked",
      " 1:it did not, for a reason that is printed",
      " 2:the command line is wrong",
      " 3:the tree is not built, or the JDK or a system program is not the one needed",
      " 4:a port that was asked for is in use",
      " 5:the disk is full",
      " 6:the data folder cannot be used, or another stack runs on it",
      " 7:a component ended or did not become ready",
      " 8:a job could not be started, stopped or saved, or the cluster does not answer"
    })
public final class Voronka implements Runnable {

  @Spec private CommandSpec spec;

  /** See the help text. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ENGLISH);
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Voronka());
    subcommands().forEach(line::addSubcommand);
    line.setExecutionExceptionHandler(ExitCodes::report);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  /** A new subcommand is a new class, and a line here. */
  private static List<Object> subcommands() {
    return List.of(
        new UpCommand(),
        new StatusCommand(),
        new SubmitCommand(),
        new SavepointCommand(),
        new StopCommand(),
        new LogsCommand(),
        new ApplyCommand(),
        new RulesCommand(),
        new SequencesCommand(),
        new GetCommand(),
        new StarterScriptsCommand(),
        new PauseCommand(),
        new ResumeCommand(),
        new OptOutCommand(),
        new WithdrawCommand(),
        new RedeliverCommand(),
        new ConnectCommand(),
        new WatchCommand(),
        new ImportCommand(),
        new WhyCommand(),
        new DemoCommand(),
        new SoakCommand(),
        new BenchCommand());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }
}
