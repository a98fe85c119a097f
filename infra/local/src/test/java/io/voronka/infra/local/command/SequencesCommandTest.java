package io.voronka.infra.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SequencesCommandTest {
  private static final String SEQUENCE =
      """
      kind: Tenant
      id: acme
      name: Acme
      timeZone: Europe/Berlin
      ---
      kind: Sequence
      tenant: acme
      id: welcome
      name: Welcome
      entry: {event: lead_created}
      exits: [{event: message_received}]
      steps:
        - id: hello
          send_message: {text: "Hello {{ lead.name }}"}
        - id: morning
          wait: {at: "10:00", days: [mon, tue, wed, thu, fri]}
        - id: call
          create_task: {text: "Call", due: 1d}
      """;

  private static final String LEADS =
      """
      kind: Example
      tenant: acme
      name: Anna answers
      steps:
        - at: 2026-03-27T18:00
          event: lead_created
          fields: {name: Anna}
        - wait: 1d
          event: message_received
      ---
      kind: Example
      tenant: acme
      name: Boris does not
      steps:
        - at: 2026-03-27T18:00
          event: lead_created
          fields: {name: Boris}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsATimelineOfEachLeadAndWhatHappenedHowOften() throws IOException {
    Path sequences = write("sequences.yaml", SEQUENCE);
    Path leads = write("leads.yaml", LEADS);

    int code = run("--file", sequences.toString(), "--examples", leads.toString());

    assertThat(code).as(err.toString()).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .isEqualTo(
            """
            Anna answers
              2026-03-27 Fri 18:00:00  welcome  entered
              2026-03-27 Fri 18:00:00  welcome  requested hello
              2026-03-27 Fri 18:00:01  welcome  concluded hello: confirmed
              2026-03-27 Fri 18:00:01  welcome  waiting morning until 2026-03-30 Mon 10:00:00
              2026-03-28 Sat 18:00:00  welcome  exited morning: exit (/exits/0)

            Boris does not
              2026-03-27 Fri 18:00:00  welcome  entered
              2026-03-27 Fri 18:00:00  welcome  requested hello
              2026-03-27 Fri 18:00:01  welcome  concluded hello: confirmed
              2026-03-27 Fri 18:00:01  welcome  waiting morning until 2026-03-30 Mon 10:00:00
              2026-03-30 Mon 10:00:00  welcome  requested call
              2026-03-30 Mon 10:00:01  welcome  concluded call: confirmed
              2026-03-30 Mon 10:00:01  welcome  exited: completed

                   1  welcome concluded call
                   2  welcome concluded hello
                   2  welcome entered
                   1  welcome exited completed
                   1  welcome exited exit
                   1  welcome requested call
                   2  welcome requested hello
                   2  welcome waiting morning
            """);
  }

  @Test
  void everyProblemIsToldWithItsLine() throws IOException {
    Path file =
        write(
            "wrong.yaml",
            SEQUENCE.replace("lead_created", "lead_made").replace("\"10:00\"", "\"26:00\""));

    assertThat(run("--file", file.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString())
        .contains("wrong.yaml:10: /entry/event: unknown event lead_made")
        .contains("wrong.yaml:16: /steps/1/wait/at")
        .endsWith("voronka: 2 problems\n");
  }

  @Test
  void checkTellsEveryProblemAndCountsWhatIsRight() throws IOException {
    Path wrong =
        write(
            "wrong.yaml",
            SEQUENCE
                .replace("lead_created", "lead_made")
                .replace("text: \"Call\", due: 1d", "due: 1d"));

    assertThat(execute("check", "-f", wrong.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString())
        .contains("wrong.yaml:10: /entry/event: unknown event lead_made")
        .contains("/steps/2/create_task")
        .endsWith("voronka: 2 problems\n");
    assertThat(out.toString()).isEqualTo("0 sequences\n");
    out.getBuffer().setLength(0);
    assertThat(execute("check", "-f", write("right.yaml", SEQUENCE).toString()))
        .isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).isEqualTo("1 sequence\n");
  }

  @Test
  void explainsInBothLanguages() throws IOException {
    Path file = write("sequences.yaml", SEQUENCE);

    assertThat(execute("explain", "-f", file.toString())).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .isEqualTo(
            """
            %s:6
            Welcome (welcome)
              Entered when a lead is created.
              Nobody enters twice.
              Left at once when a message comes in; when the lead is won or lost; when the lead is deleted.
              Whoever is inside when this version comes finishes by the one they have.
              - hello: send the message “Hello {{ lead.name }}”
              - morning: wait until 10:00 on Monday to Friday
              - call: create the task “Call” due in 1 day
            """
                .formatted(file));
    assertThat(execute("explain", "-f", file.toString(), "--lang", "ru")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("- morning: ждать до 10:00, в дни: понедельник – пятница");
  }

  @Test
  void withoutLeadsThereIsNothingToSimulate() throws IOException {
    Path file = write("sequences.yaml", SEQUENCE);

    assertThat(run("--file", file.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("no document of kind Example in " + file);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "simulate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return execute(all);
  }

  private int execute(String... arguments) {
    CommandLine line = new CommandLine(new SequencesCommand());
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(arguments);
  }
}
