package io.voronka.infra.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
  @TempDir private Path folder;

  /** Before anything is started. */
  @ParameterizedTest
  @CsvSource({
    "timers, --timers, 1000, 'timers more than 5 times at-once'",
    "rules, --leads, 0, 'rounds, parallelism and leads are at least 1'",
    "rules, --evaluated, 0, 'evaluated'",
    "gateway, --connections, 0, 'rounds, connections, loops and accounts are at least 1'",
    "actions, --endpoints, 0, 'endpoints'",
    "gateway, --seconds, 0, '--seconds is at least 1'",
    "actions, --warm-up, -1, '--warm-up is at least 0'"
  })
  void settingsThatMakeNoSenseAreAMatterOfUsage(
      String what, String option, String value, String told) {
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new BenchCommand()).setErr(new PrintWriter(err, true));

    int code = line.execute(what, option, value, "--data", folder.toString());

    assertThat(code).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains(told, "Usage:").doesNotContain("\tat ");
    assertThat(folder).isEmptyDirectory();
  }
}
