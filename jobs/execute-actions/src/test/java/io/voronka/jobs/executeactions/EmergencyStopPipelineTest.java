package io.voronka.jobs.executeactions;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.operators.ControlCopy;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Write;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.ControlTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A queue that drains is stopped, thinned out, and let go on. */
final class EmergencyStopPipelineTest {
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ACTIONS = 60;
  private static final int SENT_BEFORE_THE_PAUSE = 12;
  private static final int WITHDRAWN_FROM = 50;

  /** What a pause is given; and how much longer this test looks for something sent after it. */
  private static final long OBEYED_MILLIS = 1000;

  private static final long WATCHED_MILLIS = 3000;

  @TempDir Path directory;
  private KommoStandIn kommo;

  @BeforeEach
  void startKommo() throws Exception {
    kommo = KommoStandIn.start();
    Files.writeString(directory.resolve("token"), "the-token\n");
  }

  @AfterEach
  void stopKommo() {
    kommo.close();
  }

  @Test
  void nothingIsSentASecondAfterAPauseNorEverWhatWasTakenBackMeanwhile() throws Exception {
    FLINK.start(WholePipeline.on(FLINK));
    ControlRows.of(1)
        .tenant(Requests.tenant().build())
        .account(account(false))
        .completeInto(FLINK.feed("control"), ControlCopy.NEEDED.toArray(ControlTable[]::new));
    IntStream.range(0, ACTIONS).forEach(EmergencyStopPipelineTest::request);
    await().atMost(PATIENCE).until(() -> kommo.writes().size() >= SENT_BEFORE_THE_PAUSE);

    pause(true);
    long paused = System.currentTimeMillis();
    await()
        .atMost(PATIENCE)
        .until(() -> System.currentTimeMillis() > paused + OBEYED_MILLIS + WATCHED_MILLIS);
    List<Long> late =
        kommo.requestTimes().stream().filter(at -> at > paused + OBEYED_MILLIS).toList();
    int before = kommo.writes().size();
    IntStream.range(WITHDRAWN_FROM, ACTIONS)
        .forEach(
            i -> FLINK.<CommandRequested>feed("commands").emit(0, Requests.withdrawal("a" + i)));
    await()
        .atMost(PATIENCE)
        .until(() -> outcomes(ActionOutcome.WITHDRAWN).size() == ACTIONS - WITHDRAWN_FROM);
    pause(false);
    await()
        .atMost(PATIENCE)
        .until(() -> outcomes(ActionOutcome.CONFIRMED).size() == WITHDRAWN_FROM);

    System.out.printf(
        "sent before the pause took hold: %d, a second after it: %d, in the end: %d%n",
        before, late.size(), kommo.writes().size());
    assertThat(late).isEmpty();
    assertThat(before).isLessThan(WITHDRAWN_FROM);
    Map<String, Long> copies = kommo.writes().stream().collect(groupingBy(Write::body, counting()));
    assertThat(copies).hasSize(WITHDRAWN_FROM);
    assertThat(copies.values()).containsOnly(1L);
    assertThat(outcomes(ActionOutcome.WITHDRAWN))
        .isEqualTo(
            IntStream.range(WITHDRAWN_FROM, ACTIONS).mapToObj(i -> "a" + i).collect(toSet()));
  }

  private static void request(int number) {
    long now = System.currentTimeMillis();
    ActionRequested action =
        Requests.builder(ActionKind.CREATE_TASK, "a" + number)
            .setSubjectId(Integer.toString(100 + number))
            .setDueAt(now)
            .setFiredAt(now)
            .setNotAfter(now + Duration.ofHours(1).toMillis())
            .build();
    FLINK.<ActionRequested>feed("actions").emit(now, action);
  }

  private void pause(boolean paused) {
    for (ControlUpdate update : ControlRows.of(1).account(account(paused)).rows()) {
      FLINK.<ControlUpdate>feed("control").emit(0, update);
    }
  }

  private AccountRow account(boolean paused) {
    return Requests.account()
        .setApiBaseUrl(kommo.apiBaseUrl())
        .setTokenReference("file:" + directory.resolve("token"))
        .setRequestsPerSecond(10)
        .setEffectsPaused(paused)
        .build();
  }

  private static Set<String> outcomes(ActionOutcome outcome) {
    return FLINK.<ActionCompleted>recorded("completed").stream()
        .filter(completed -> completed.getOutcome() == outcome)
        .map(ActionCompleted::getActionId)
        .collect(toSet());
  }
}
