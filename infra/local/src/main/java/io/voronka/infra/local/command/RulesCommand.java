package io.voronka.infra.local.command;

import io.voronka.infra.local.apply.Counted;
import io.voronka.infra.local.apply.Problem;
import io.voronka.infra.local.apply.RuleBook;
import io.voronka.rules.explain.Explanation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at rules in files, before anything is turned on. Needs no stack and no database. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description =
        "Checks, explains and tries out rules in files, the same files that 'voronka apply' takes. Needs no stack and no"
            + " database.")
public final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: check, explain or test");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Says everything that is wrong, with file, line and place, and what is odd about rules that are in force together:"
              + " loops, conflicts, rules that can never fire. Exit code 1 when something is wrong.")
  int check(@Mixin FileOption file, @Mixin LanguageOption language) throws IOException {
    RuleBook book = RuleBook.read(file.path());
    PrintWriter out = spec.commandLine().getOut();
    List<String> warnings = book.warnings(language.chosen());
    warnings.forEach(out::println);
    out.printf(
        "%s, %s%n",
        Counted.of(book.rules().size(), "rule"), Counted.of(warnings.size(), "warning"));
    out.flush();
    return told(book.problems());
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description = "Says in one sentence what each rule does.")
  int explain(@Mixin FileOption file, @Mixin LanguageOption language) throws IOException {
    RuleBook book = RuleBook.read(file.path());
    PrintWriter out = spec.commandLine().getOut();
    Explanation explanation = Explanation.in(language.chosen());
    for (RuleBook.Entry entry : book.rules()) {
      out.printf(
          "%s (%s)%n    %s%n", entry.rule().id(), entry.place(), explanation.of(entry.rule()));
    }
    out.flush();
    return told(book.problems());
  }

  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description =
          "Plays the examples (documents of kind Example) with the rules beside them. Exit code 1 when a rule does not do what"
              + " an example expects.")
  int test(
      @Mixin FileOption file,
      @Option(
              names = {"-v", "--verbose"},
              description = "Every step, and every rule that was judged.")
          boolean verbose)
      throws IOException {
    RuleBook book = RuleBook.read(file.path());
    if (!book.problems().isEmpty()) {
      return told(book.problems());
    }
    List<RuleBook.Tried> tried = book.tryExamples();
    PrintWriter out = spec.commandLine().getOut();
    tried.forEach(one -> new TrialScreen(one).lines(verbose).forEach(out::println));
    long failed = tried.stream().filter(one -> !one.played().asExpected()).count();
    out.printf("%s, %d failed%n", Counted.of(tried.size(), "example"), failed);
    out.flush();
    if (tried.isEmpty()) {
      error("there is nothing to test: no document of kind Example in " + file.path());
    }
    return failed == 0 && !tried.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }

  private int told(List<Problem> problems) {
    if (problems.isEmpty()) {
      return ExitCodes.OK;
    }
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
