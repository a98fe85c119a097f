package io.voronka.infra.local.command;

import static io.voronka.infra.local.sequences.SequenceWorld.T0;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.infra.local.sequences.SequenceWorld;
import io.voronka.schemas.EventKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line against real topics and the engine that answers as the job does. */
class SequencesControlIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final long MINUTE = 60_000;
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static final String WELCOME =
      """
      {"id": "ID", "name": "Welcome", "entry": {"event": "lead_created"}, "exits": [{"event": "message_received"}],
       "steps": [{"id": "hello", "send_message": {"text": "Hi"}}, {"id": "day", "wait": {"for": "1d"}},
                 {"id": "bye", "send_message": {"text": "Bye"}}, {"id": "week", "wait": {"for": "7d"}}]}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final String sequence = "welcome-" + TESTS.incrementAndGet();
  private SequenceWorld world;
  private SequenceWorld.Job job;

  @BeforeAll
  static void publish() {
    Map<String, String> definitions = new HashMap<>();
    for (int test = 1; test <= 10; test++) {
      definitions.put("welcome-" + test, definition("welcome-" + test));
    }
    SequenceWorld.prepare(KAFKA, definitions);
  }

  private static String definition(String id) {
    return WELCOME.replace("ID", id);
  }

  /** Lead 1 waits, 2 waits for longer, 3 has answered. */
  @BeforeEach
  void begin() {
    world = SequenceWorld.of(KAFKA, sequence, definition(sequence));
    for (String lead : List.of("1", "2", "3")) {
      world.happens(lead, EventKind.LEAD_CREATED, T0);
      world.passes(lead, T0 + MINUTE);
    }
    world.passes("2", T0 + 1441 * MINUTE);
    world.happens("3", EventKind.MESSAGE_RECEIVED, T0 + 2 * MINUTE);
    job = world.job();
  }

  @AfterEach
  void end() throws InterruptedException {
    job.end();
  }

  @Test
  void listsWhoWaitsWhereAndUntilWhen() {
    assertThat(ask("list")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "acme/shop  lead 1  "
                + sequence
                + " v1  waits in step “day” until 2025-10-10 11:53:21 +03:00",
            "acme/shop  lead 2  "
                + sequence
                + " v1  waits in step “week” until 2025-10-17 11:53:22 +03:00",
            "2 runs");

    assertThat(ask("list", "--state", "left", "--lang", "ru")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "acme/shop  lead 3  "
                + sequence
                + " v1  2025-10-09 11:55:20 +03:00  выход на шаге «day»: сработало условие выхода"
                + " (когда пришло сообщение)",
            "1 run");
    assertThat(ask("list", "--lead", "2", "--state", "paused")).isEqualTo(ExitCodes.OK);
    assertThat(said()).containsExactly("0 runs");
  }

  @Test
  void pausesShiftsSkipsCancelsAndTellsWhatBecameOfIt() throws Exception {
    assertThat(ask("pause", "--lead", "1", "--as", "vera")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "lead 1: has been paused since 2025-10-09 11:54:21 +03:00 (by vera): the wait in step “day”"
                + " was to end at 2025-10-10 11:53:21 +03:00");
    assertThat(ask("pause", "--lead", "1", "--as", "vera")).isEqualTo(ExitCodes.FAILED);
    assertThat(said())
        .containsExactly("lead 1: a command was not obeyed (by vera): it was paused already");
    assertThat(ask("resume", "--lead", "1", "--shift", "--as", "vera")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "lead 1: goes on, what it waits for is due as much later as it was paused (by vera);"
                + " waits in step “day” until 2025-10-10 11:53:23 +03:00");
    assertThat(ask("skip", "--lead", "1", "--to", "week", "--as", "vera")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "lead 1: goes on with step “week” (by vera); waits in step “week” until 2025-10-16"
                + " 11:54:24 +03:00");
    assertThat(ask("cancel", "--lead", "1", "--as", "vera", "--json")).isEqualTo(ExitCodes.OK);
    JsonNode answer = new ObjectMapper().readTree(out.toString()).path(0);
    assertThat(answer.path("result").asText()).isEqualTo("done");
    assertThat(answer.path("records").path(0).path("reason").asText()).isEqualTo("cancelled");
    assertThat(answer.path("text").path("ru").asText())
        .isEqualTo("выход на шаге «week»: отменено (команда: vera)");
    assertThat(ask("skip", "--lead", "2", "--to", "end", "--as", "vera")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .singleElement()
        .asString()
        .startsWith("lead 2: goes on to the end (by vera)");
  }

  @Test
  void aListOfLeadsAndAllWhoAreInside() throws Exception {
    Path file = folder.resolve("leads.txt");
    Files.writeString(file, "1\n2 # the second\n\n99\n");

    assertThat(ask("pause", "--leads", file.toString())).isEqualTo(ExitCodes.FAILED);
    assertThat(said())
        .hasSize(4)
        .anyMatch(line -> line.matches("lead 99: a command was not obeyed .*: it was not inside"))
        .endsWith("3 asked: 2 done, 1 refused, 0 unanswered");
    assertThat(ask("resume", "--all", "--keep")).isEqualTo(ExitCodes.OK);
    assertThat(said()).hasSize(3).endsWith("2 asked: 2 done, 0 refused, 0 unanswered");
    assertThat(ask("start", "--lead", "3", "--lead", "4")).isEqualTo(ExitCodes.OK);
    assertThat(said()).hasSize(3).first().asString().startsWith("lead 3: entered by version 1");
    assertThat(ask("start", "--lead", "4")).isEqualTo(ExitCodes.FAILED);
    assertThat(ask("start", "--lead", "4", "--key", "offer-2")).isEqualTo(ExitCodes.OK);
    assertThat(said()).first().asString().startsWith("lead 4: entered by version 1");
    assertThat(ask("cancel", "--lead", "4", "--key", "offer-2")).isEqualTo(ExitCodes.OK);
    assertThat(said()).singleElement().asString().startsWith("lead 4: left");
    assertThat(ask("start", "--lead", "4")).as("the other run goes on").isEqualTo(ExitCodes.FAILED);
    assertThat(said()).first().asString().contains("it was inside already");
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingIsAsked() {
    assertThat(ask("skip", "--lead", "1", "--to", "nowhere")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .contains("--to: there is no step nowhere; known: [hello, day, bye, week]");
    assertThat(ask("cancel")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("say whom: --lead, --leads or --all");
    assertThat(run("pause", "--sequence", "farewell", "--lead", "1")).isEqualTo(ExitCodes.FAILED);
    assertThat(err.toString()).contains("tenant acme has no sequence farewell; known: [welcome-1");
    assertThat(ask("pause", "--lead", "1", "--key", "x")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("nobody who is meant has a run with the key x");
    assertThat(ask("pause", "--lead", "a|b")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--lead: not a lead's id: a|b");
  }

  @Test
  void anAnswerIsNotWaitedForForEver() throws InterruptedException {
    job.end();

    assertThat(ask("pause", "--lead", "1", "--patience", "1")).isEqualTo(ExitCodes.FAILED);
    assertThat(said())
        .containsExactly("lead 1: no answer yet; it will be done when drive-sequences comes to it");
  }

  @Test
  void tellsWhyALeadIsWhereItIs() throws Exception {
    ask("pause", "--lead", "1", "--as", "vera");

    assertThat(why("--lead", "1")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "Lead 1 is inside the sequence “Welcome” (version 1), since 2025-10-09 11:53:20 +03:00"
                + " (creation of the lead): it has been paused since 2025-10-09 11:54:21 +03:00 (by"
                + " vera): the wait in step “day” was to end at 2025-10-10 11:53:21 +03:00.",
            "  2025-10-09 11:53:20 +03:00  entered by version 1 (creation of the lead)",
            "  2025-10-09 11:53:20 +03:00  asked for step “hello” (send the message “Hi”)",
            "  2025-10-09 11:53:21 +03:00  step “hello”: done",
            "  2025-10-09 11:53:21 +03:00  waits in step “day” until 2025-10-10 11:53:21 +03:00",
            "  2025-10-09 11:54:21 +03:00  is paused (by vera)");
    assertThat(why("--lead", "1", "--at", "2025-10-09T11:54:00", "--json")).isEqualTo(ExitCodes.OK);
    JsonNode then = new ObjectMapper().readTree(out.toString());
    assertThat(then.path("reason").asText()).isEqualTo("inside");
    assertThat(then.path("runs").path(0).path("step").asText()).isEqualTo("day");
    assertThat(then.path("runs").path(0).has("paused")).isFalse();
    assertThat(then.path("text").path("ru").asText()).startsWith("Сделка 1 в цепочке «Welcome»");
    assertThat(why("--lead", "77")).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "There is no record of lead 77 in the sequence “Welcome”: nothing let it in, and"
                + " nothing was refused. Entered when a lead is created.");
  }

  @Test
  void tellsWhomAPublishWouldMove() throws Exception {
    Path file = folder.resolve("sequences.yaml");
    Files.writeString(
        file,
        """
        kind: Sequence
        tenant: acme
        id: %s
        name: Welcome
        running: move
        entry: {event: lead_created}
        steps:
          - {id: hello, send_message: {text: Hi}}
          - {id: day, wait: {for: 2d}}
        """
            .formatted(sequence));

    assertThat(run("preview", "-f", file.toString())).isEqualTo(ExitCodes.OK);
    assertThat(said())
        .containsExactly(
            "acme/"
                + sequence
                + ": if version 2 is published now, of 2 inside 1 move to it, 0 begin anew, 0"
                + " leave, and 1 finish by the version they have",
            "    cannot move: 1 in step week, which the new version has not, or not of the same"
                + " kind",
            "1 of 1 would be published");
  }

  private List<String> said() {
    return out.toString().lines().toList();
  }

  private int ask(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, "--sequence", sequence));
    all.addAll(List.of(arguments));
    return run(all.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return execute(new CommandLine(new SequencesCommand()), List.of(arguments));
  }

  private int why(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--sequence", sequence));
    all.addAll(List.of(arguments));
    return execute(new CommandLine(new WhyCommand()), all);
  }

  private int execute(CommandLine line, List<String> arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    line.setExecutionExceptionHandler(ExitCodes::report);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--kafka", KAFKA.bootstrapServers()));
    return line.execute(all.toArray(String[]::new));
  }
}
