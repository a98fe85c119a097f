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

class RulesCommandTest {
  private static final String EXAMPLES = "examples";
  private static final String RULES =
      """
      kind: Rule
      tenant: acme
      id: thank
      name: Thanks
      trigger: {event: message_received}
      limits: {cooldown: 1d}
      actions:
        - key: thanks
          send_message: {text: "Thank you, {{ lead.name }}"}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theExamplesOfTheRepositoryAreRightAndDoAsTheySay() {
    assertThat(run("check", EXAMPLES)).as(err.toString()).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).isEqualTo("3 rules, 0 warnings\n");
    out.getBuffer().setLength(0);

    assertThat(run("test", EXAMPLES)).as(out.toString()).isEqualTo(ExitCodes.OK);
    assertThat(out.toString())
        .contains("ok    A silent client is reminded three times, in working hours\n")
        .endsWith("4 examples, 0 failed\n");
  }

  @Test
  void everyProblemIsToldWithItsLineOfExamplesToo() throws IOException {
    Path file =
        write(
            RULES.replace("message_received", "message_recieved")
                + """
                ---
                kind: Example
                tenant: acme
                name: Thanks
                rules: [thank, other]
                steps:
                  - wait: soon
                  - event: message_received
                    expect: {nobody: fired}
                """);

    assertThat(run("check", file.toString())).isEqualTo(ExitCodes.FAILED);

    assertThat(err.toString())
        .contains("rules.yaml:5: /trigger/event: unknown event message_recieved")
        .contains("rules.yaml:16: /steps/0/wait: not a duration: soon")
        .endsWith("voronka: 2 problems\n");
    assertThat(run("test", file.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(out.toString()).doesNotContain("failed");
  }

  @Test
  void anExampleThatNamesARuleThatIsNotThereIsAProblem() throws IOException {
    Path file =
        write(
            RULES
                + """
                ---
                kind: Example
                tenant: acme
                name: Thanks
                rules: [thank, gone]
                steps:
                  - event: message_received
                    expect: {nobody: fired}
                """);

    assertThat(run("check", file.toString())).isEqualTo(ExitCodes.FAILED);

    assertThat(err.toString())
        .contains("rules.yaml:14: /rules: there is no rule gone of tenant acme in these files")
        .contains("rules.yaml:17: /steps/0/expect/nobody: there is no rule nobody of tenant acme");
  }

  @Test
  void warningsHaveTheLinesOfAllRulesTheyAreAboutAndDoNotFail() throws IOException {
    Path file =
        write(
            """
            kind: Rule
            tenant: acme
            id: forth
            name: Forth
            trigger: {event: lead_stage_changed}
            when: {stage_changed: {to: 11}}
            actions:
              - key: move
                change_stage: {stage: 12}
            ---
            kind: Rule
            tenant: acme
            id: back
            name: Back
            trigger: {event: lead_stage_changed}
            when: {stage_changed: {to: 12}}
            actions:
              - key: move
                change_stage: {stage: 11}
            """);

    assertThat(run("check", file.toString())).isEqualTo(ExitCodes.OK);

    assertThat(out.toString())
        .contains(
            "rules.yaml:18: warning: Rules set each other off again and again: back (action move)")
        .contains("\n    " + file + ":8: rule forth, /actions/0\n")
        .endsWith("2 rules, 1 warning\n");
    out.getBuffer().setLength(0);
    assertThat(run("check", file.toString(), "--lang", "ru")).isEqualTo(ExitCodes.OK);
    assertThat(out.toString()).contains("Правила снова и снова вызывают друг друга");
  }

  @Test
  void explainsEachRuleInOneSentence() throws IOException {
    Path file = write(RULES);

    assertThat(run("explain", file.toString(), "--lang", "ru")).isEqualTo(ExitCodes.OK);

    assertThat(out.toString())
        .startsWith("thank (" + file + ":1)\n    ")
        .contains("отправить сообщение «Thank you, {{ lead.name }}»");
  }

  @Test
  void aRuleThatDoesSomethingElseFailsWithWhatItDid() throws IOException {
    Path file =
        write(
            RULES
                + """
                ---
                kind: Example
                tenant: acme
                name: Thanks once a day
                lead: {fields: {name: Anna}}
                steps:
                  - at: 2026-03-02T10:00
                    event: message_received
                    expect:
                      thank:
                        outcome: fired
                        actions:
                          - key: thanks
                            send_message: {text: "Thank you, Bob"}
                  - wait: 1h
                    event: message_received
                    expect: {thank: fired}
                  - wait: 1d
                    event: message_received
                """);

    assertThat(run("test", file.toString())).isEqualTo(ExitCodes.FAILED);

    assertThat(out.toString().replace(file.toString(), "rules.yaml"))
        .isEqualTo(
            """
            FAIL  Thanks once a day
              2026-03-02 10:00:00  message_received
                  thank fired
                    thanks: send_message text="Thank you, Anna"
                ! rules.yaml:23: /steps/0/expect/thank/actions/0/send_message/text: text of thanks is expected to be "Thank you, Bob", and is "Thank you, Anna"
              2026-03-02 11:00:00  message_received
                  thank held at /limits/cooldown (nothing since 2026-03-01T11:00:00Z): fired at 2026-03-02T10:00:00Z
                ! rules.yaml:26: /steps/1/expect/thank: thank is expected to be fired, and was held at /limits/cooldown (nothing since 2026-03-01T11:00:00Z): fired at 2026-03-02T10:00:00Z
            1 example, 1 failed
            """);
  }

  @Test
  void nothingToTestIsNoSuccess() throws IOException {
    assertThat(run("test", write(RULES).toString())).isEqualTo(ExitCodes.FAILED);

    assertThat(err.toString()).contains("no document of kind Example");
  }

  @Test
  void aMissingFileAndAMissingOptionAreTold() {
    assertThat(run("check", folder.resolve("none.yaml").toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("no such file or folder");
    assertThat(commandLine().execute("check")).isEqualTo(ExitCodes.USAGE);
  }

  private int run(String what, String file, String... more) {
    String[] arguments = new String[3 + more.length];
    arguments[0] = what;
    arguments[1] = "-f";
    arguments[2] = file;
    System.arraycopy(more, 0, arguments, 3, more.length);
    return commandLine().execute(arguments);
  }

  private CommandLine commandLine() {
    return new CommandLine(new RulesCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("rules.yaml"), text);
  }
}
