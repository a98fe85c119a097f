package io.voronka.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What cannot be meant is refused before anything is done, in one line. */
class OptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "status --flink-url localhost:8081~--flink-url must be like http://localhost:8081, not localhost:8081",
        "status --flink-url foo~--flink-url must be like http://localhost:8081, not foo",
        "up --task-managers 0~--task-managers is at least 1",
        "up --parallelism 0~--parallelism is at least 1",
        "up --gateway-port 99999~a port of gateway is from 1 to 65535",
        "up --jobs nosuch~no job is called nosuch; there are capture-control, evaluate-rules,"
      })
  void isRefused(String line, String reason) {
    StringWriter err = new StringWriter();

    int code = Voronka.commandLine().setErr(new PrintWriter(err)).execute(line.split(" "));

    assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).startsWith(reason).doesNotContain("\tat ");
  }
}
