package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.Problem;
import io.voronka.infra.local.apply.SequenceBook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at sequences in files, before anything is turned on. */
@Command(
    name = "sequences",
    mixinStandardHelpOptions = true,
    description = "Tries out sequences in files, the same files that 'voronka apply' takes.")
public final class SequencesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: simulate");
  }

  @Command(
      name = "simulate",
      mixinStandardHelpOptions = true,
      description =
          "Takes the leads of examples (documents of kind Example) through the sequences of their tenants on a virtual clock, and"
              + " prints what happens when. Needs no stack and no database; nothing is sent, and every action counts as done a"
              + " second later.")
  int simulate(
      @Option(
              names = {"-f", "--file"},
              required = true,
              paramLabel = "FILE|FOLDER",
              description = "The sequences.")
          Path file,
      @Option(
              names = "--examples",
              paramLabel = "FILE|FOLDER",
              description = "The leads; in the same place as the sequences unless given.")
          Path examples,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "90",
              description = "Of each lead's time; ${DEFAULT-VALUE} unless given.")
          int days)
      throws IOException {
    SequenceBook book = SequenceBook.read(file, examples == null ? file : examples);
    if (!book.problems().isEmpty()) {
      return told(book.problems());
    }
    SequenceBook.Simulated simulated = book.simulate(Duration.ofDays(days));
    PrintWriter out = spec.commandLine().getOut();
    simulated.timelines().forEach(timeline -> out.println(timeline.written()));
    simulated.counts().forEach((what, times) -> out.printf("%8d  %s%n", times, what));
    out.flush();
    if (simulated.timelines().isEmpty()) {
      error(
          "there is no lead: no document of kind Example in "
              + (examples == null ? file : examples));
      return ExitCodes.FAILED;
    }
    return ExitCodes.OK;
  }

  private int told(List<Problem> problems) {
    problems.forEach(problem -> spec.commandLine().getErr().println(problem));
    error(problems.size() + (problems.size() == 1 ? " problem" : " problems"));
    return ExitCodes.FAILED;
  }

  private void error(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("voronka: " + message);
    err.flush();
  }
}
