package io.voronka.infra.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.voronka.infra.local.apply.Counted;
import io.voronka.infra.local.apply.Problem;
import io.voronka.infra.local.apply.SequenceBook;
import io.voronka.infra.local.sequences.PublishPreview;
import io.voronka.infra.local.sequences.SequenceRecords;
import io.voronka.infra.local.why.UnanswerableException;
import io.voronka.schemas.CommandKind;
import io.voronka.sequences.explain.SequenceExplanation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at sequences in files before anything is turned on, and after those who are inside. */
@Command(
    name = "sequences",
    mixinStandardHelpOptions = true,
    subcommands = SequenceListCommand.class,
    description =
        "Checks, explains and tries out sequences in files, the same files that 'voronka apply'"
            + " takes; tells who is inside them, and starts, pauses, resumes, moves and cancels"
            + " runs.")
public final class SequencesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "say what to do: check, explain, simulate, preview, list, start, pause, resume, skip or"
            + " cancel");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Says everything that is wrong, with file, line and place. Exit code 1 when something"
              + " is.")
  int check(@Mixin FileOption file) throws IOException {
    SequenceBook book = SequenceBook.read(file.path(), file.path());
    PrintWriter out = spec.commandLine().getOut();
    int count = book.sequences().size();
    out.println(Counted.of(count, "sequence"));
    out.flush();
    return book.problems().isEmpty() ? ExitCodes.OK : told(book.problems());
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description =
          "Says in words who enters and leaves each sequence when, and what its steps do.")
  int explain(@Mixin FileOption file, @Mixin LanguageOption language) throws IOException {
    SequenceBook book = SequenceBook.read(file.path(), file.path());
    PrintWriter out = spec.commandLine().getOut();
    SequenceExplanation explanation = SequenceExplanation.in(language.chosen());
    for (SequenceBook.Entry entry : book.sequences()) {
      out.println(entry.place());
      explanation.lines(entry.sequence()).forEach(out::println);
    }
    out.flush();
    return book.problems().isEmpty() ? ExitCodes.OK : told(book.problems());
  }

  @Command(
      name = "preview",
      mixinStandardHelpOptions = true,
      description =
          "Says what publishing the sequences now would do to those who are inside: how many move"
              + " to the new version, begin anew, leave, or finish by the version they have, and in"
              + " which steps nobody can move. Changes nothing.")
  int preview(
      @Mixin FileOption file,
      @Option(names = "--json", description = "As data.") boolean json,
      @Mixin CellOptions cell)
      throws IOException, UnanswerableException {
    SequenceBook book = SequenceBook.read(file.path(), file.path());
    if (!book.problems().isEmpty()) {
      return told(book.problems());
    }
    List<PublishPreview> previews =
        PublishPreview.of(SequenceRecords.open(cell.bootstrapServers()), book);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ArrayNode all = new ObjectMapper().createArrayNode();
      previews.forEach(one -> SequenceJson.preview(all.addObject(), one));
      out.println(all.toPrettyString());
    } else {
      previews.forEach(one -> one.lines().forEach(out::println));
      out.printf("%d of %d would be published%n", previews.size(), book.sequences().size());
    }
    out.flush();
    return ExitCodes.OK;
  }

  @Command(
      name = "simulate",
      mixinStandardHelpOptions = true,
      description =
          "Takes the leads of examples (documents of kind Example) through the sequences of their"
              + " tenants on a virtual clock, and prints what happens when. Needs no stack and no"
              + " database; nothing is sent, and every action counts as done a second later.")
  int simulate(
      @Mixin FileOption file,
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
    Path leads = examples == null ? file.path() : examples;
    SequenceBook book = SequenceBook.read(file.path(), leads);
    if (!book.problems().isEmpty()) {
      return told(book.problems());
    }
    SequenceBook.Simulated simulated = book.simulate(Duration.ofDays(days));
    PrintWriter out = spec.commandLine().getOut();
    simulated.timelines().forEach(timeline -> out.println(timeline.written()));
    simulated.counts().forEach((what, times) -> out.printf("%8d  %s%n", times, what));
    out.flush();
    if (simulated.timelines().isEmpty()) {
      error("there is no lead: no document of kind Example in " + leads);
      return ExitCodes.FAILED;
    }
    return ExitCodes.OK;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description =
          "Lets leads in by hand, those too who have been inside before. Waits for the job's"
              + " answer, as pause, resume, skip and cancel do; exit code 1 when something was"
              + " refused or not answered in time.")
  int start(@Mixin SequenceOptions whom) throws UnanswerableException, InterruptedException {
    return whom.ask(CommandKind.START, null, false);
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "Nothing moves in a paused run, but exits apply.")
  int pause(@Mixin SequenceOptions whom) throws UnanswerableException, InterruptedException {
    return whom.ask(CommandKind.PAUSE, null, false);
  }

  @Command(name = "resume", mixinStandardHelpOptions = true, description = "Ends a pause.")
  int resume(
      @Mixin SequenceOptions whom,
      @Option(
              names = "--keep",
              description =
                  "What was due meanwhile comes at once, the rest when it was due; so it is unless"
                      + " told.")
          boolean keep,
      @Option(
              names = "--shift",
              description = "What is waited for is due as much later as the pause took.")
          boolean shift)
      throws UnanswerableException, InterruptedException {
    if (keep && shift) {
      throw new ParameterException(
          spec.subcommands().get("resume"), "either --keep or --shift is expected");
    }
    return whom.ask(CommandKind.RESUME, null, shift);
  }

  @Command(
      name = "skip",
      mixinStandardHelpOptions = true,
      description =
          "Goes on with another step; what the present one has asked for and is not sent is taken"
              + " back.")
  int skip(
      @Mixin SequenceOptions whom,
      @Option(
              names = "--to",
              paramLabel = "STEP",
              description = "Its id, or end; the step behind the present one unless given.")
          String step)
      throws UnanswerableException, InterruptedException {
    return whom.ask(CommandKind.SKIP, step, false);
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Ends runs; what they have asked for and is not sent is taken back.")
  int cancel(@Mixin SequenceOptions whom) throws UnanswerableException, InterruptedException {
    return whom.ask(CommandKind.CANCEL, null, false);
  }

  private int told(List<Problem> problems) {
    problems.forEach(problem -> spec.commandLine().getErr().println(problem));
    error(Counted.of(problems.size(), "problem"));
    return ExitCodes.FAILED;
  }

  private void error(String message) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("voronka: " + message);
    err.flush();
  }
}
