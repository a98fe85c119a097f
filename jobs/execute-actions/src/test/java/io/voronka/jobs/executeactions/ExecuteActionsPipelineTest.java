package io.voronka.jobs.executeactions;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.jobs.executeactions.operators.ControlCopy;
import io.voronka.jobs.executeactions.outside.KommoStandIn;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Mishap;
import io.voronka.jobs.executeactions.outside.KommoStandIn.Write;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.MessageBot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class ExecuteActionsPipelineTest {
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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
  void aRequestChangesTheLeadAndItsOutcomeIsTold() throws Exception {
    run();
    completeControl();

    request(action(ActionKind.CHANGE_STAGE, "a", "100"));

    awaitOutcomes(1);
    assertThat(kommo.stageOf("100")).isEqualTo("142");
    assertThat(kommo.lastAuthorization()).isEqualTo("Bearer the-token");
    assertThat(outcomes().get(0).getOutcome()).isEqualTo(ActionOutcome.CONFIRMED);
  }

  @Test
  void nothingHappensBeforeTheControlRowsAreComplete() throws Exception {
    run();
    request(action(ActionKind.CREATE_TASK, "early", "1"));
    FLINK.checkpoint();
    assertThat(kommo.requestTimes()).isEmpty();

    completeControl();

    awaitOutcomes(1);
    assertThat(kommo.writes()).hasSize(1);
  }

  @Test
  void anAnswerThatIsLostDoesNotMakeASecondTask() throws Exception {
    run();
    completeControl();
    kommo.next(Mishap.DONE_AND_DROPPED);

    request(action(ActionKind.CREATE_TASK, "a", "1"));

    awaitOutcomes(1);
    assertThat(outcomes().get(0).getVerifiedByRead()).isTrue();
    assertThat(kommo.writes()).hasSize(1);
  }

  @Test
  void aSalesbotRuns() throws Exception {
    run();
    completeControl();

    request(action(ActionKind.RUN_SALESBOT, "a", "1"));

    awaitOutcomes(1);
    assertThat(kommo.writes()).extracting(Write::path).containsExactly("/bots/9/run");
  }

  /** Two texts for one lead: the bot has read the first before the second is written. */
  @Test
  void aMessageOfAnAccountWithABotIsSaidByTheBot() throws Exception {
    run();
    completeControl(account(50).setMessageBot(new MessageBot("9001", "600002")).build());

    request(action(ActionKind.SEND_MESSAGE, "a", "1"));
    awaitOutcomes(1);
    request(action(ActionKind.SEND_MESSAGE, "b", "1"));
    awaitOutcomes(2);
    assertThat(kommo.writes())
        .extracting(Write::path)
        .containsExactly("/leads/1", "/bots/9001/run", "/leads/1", "/bots/9001/run");
    assertThat(kommo.writes().get(0).body()).contains("Hello a");
    assertThat(kommo.writes().get(2).body()).contains("Hello b");
    assertThat(kommo.writes().get(2).atMillis() - kommo.writes().get(1).atMillis())
        .isGreaterThanOrEqualTo(5_000);
  }

  /** The task manager dies twice while actions are under way. */
  @Test
  void everyTaskIsMadeOnceWhateverDies() throws Exception {
    int actions = 120;
    run();
    completeControl();
    IntStream.range(0, actions)
        .forEach(i -> request(action(ActionKind.CREATE_TASK, "task-" + i, "" + (101 + i % 12))));

    await().atMost(PATIENCE).until(() -> kommo.writes().size() >= 25);
    FLINK.loseTaskManager();
    await().atMost(PATIENCE).until(() -> kommo.writes().size() >= 70);
    FLINK.loseTaskManager();

    await().atMost(PATIENCE).until(() -> outcomeIds().size() == actions);
    Map<String, Long> copies = kommo.writes().stream().collect(groupingBy(Write::body, counting()));
    assertThat(copies.size()).as("distinct tasks").isEqualTo(actions);
    assertThat(kommo.writes().size()).as("tasks").isEqualTo(actions);
    assertThat(outcomes().stream().map(ActionCompleted::getOutcome).distinct())
        .containsExactly(ActionOutcome.CONFIRMED);
    long foundAgain = outcomes().stream().filter(ActionCompleted::getVerifiedByRead).count();
    assertThat(foundAgain).as("in flight at a kill, and found again").isPositive();
  }

  @Test
  void noSecondOfTheVendorsSeesMoreThanTheBudget() throws Exception {
    int budget = 7;
    int actions = 25;
    run();
    completeControl(budget);

    IntStream.range(0, actions)
        .forEach(i -> request(action(ActionKind.ADD_NOTE, "note-" + i, "" + (200 + i))));

    awaitOutcomes(actions);
    List<Long> times = kommo.requestTimes();
    for (long from : times) {
      assertThat(times.stream().filter(at -> at >= from && at < from + 1000).count())
          .isLessThanOrEqualTo(budget);
    }
    assertThat(times).hasSize(actions);
  }

  @Test
  void aSavepointRemembersWhatWasDone() throws Exception {
    run();
    completeControl();
    request(action(ActionKind.CREATE_TASK, "a", "1"));
    awaitOutcomes(1);
    String savepoint = FLINK.stopWithSavepoint();

    FLINK.startFrom(assemble(), savepoint);
    request(action(ActionKind.CREATE_TASK, "a", "1"));
    request(action(ActionKind.CREATE_TASK, "b", "1"));

    await().atMost(PATIENCE).until(() -> outcomeIds().contains("b"));
    assertThat(kommo.writes()).hasSize(2);
    assertThat(outcomes()).filteredOn(outcome -> outcome.getActionId().equals("a")).hasSize(2);
  }

  @Test
  void aCancelledJobLeavesNoThreadsBehind() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    run();
    completeControl();
    request(action(ActionKind.CREATE_TASK, "a", "1"));
    awaitOutcomes(1);
    assertThat(threadsLike("(crm-|webhook-|HttpClient-).*", before)).isNotEmpty();

    FLINK.stopWithSavepoint();

    await().atMost(PATIENCE).until(() -> threadsLike("(crm-|webhook-).*", before).isEmpty());
    // The JDK's client ends its own thread when its last idle connection is closed, by the other
    // side
    // or after a while, and it has been collected.
    kommo.close();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(threadsLike("HttpClient-.*", before)).isEmpty();
            });
  }

  @Test
  void aRequestIsOnItsWayWithinMilliseconds() throws Exception {
    int actions = 30;
    run();
    completeControl();
    request(action(ActionKind.CREATE_TASK, "warm-up", "99"));
    awaitOutcomes(1);

    long[] delays = new long[actions];
    for (int i = 0; i < actions; i++) {
      int already = kommo.writes().size();
      long start = System.currentTimeMillis();
      request(action(ActionKind.CREATE_TASK, "timed-" + i, "" + (100 + i)));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> kommo.writes().size() > already);
      delays[i] = kommo.writes().get(already).atMillis() - start;
      int done = i + 2;
      awaitOutcomes(done);
    }

    long median = Arrays.stream(delays).sorted().skip(actions / 2).findFirst().orElseThrow();
    System.out.println("request to HTTP, median ms: " + median);
    // A polling loop or a timer in between would cost more than this even on a busy machine.
    assertThat(median).isLessThan(100);
  }

  private void run() throws Exception {
    FLINK.start(assemble());
  }

  private static StreamExecutionEnvironment assemble() {
    return WholePipeline.on(FLINK);
  }

  private void completeControl() {
    completeControl(50);
  }

  private void completeControl(int requestsPerSecond) {
    completeControl(account(requestsPerSecond).build());
  }

  private AccountRow.Builder account(int requestsPerSecond) {
    return Requests.account()
        .setApiBaseUrl(kommo.apiBaseUrl())
        .setTokenReference("file:" + directory.resolve("token"))
        .setRequestsPerSecond(requestsPerSecond);
  }

  private static void completeControl(AccountRow account) {
    ControlRows.of(1)
        .tenant(Requests.tenant().build())
        .account(account)
        .completeInto(FLINK.feed("control"), ControlCopy.NEEDED.toArray(ControlTable[]::new));
  }

  private static void request(ActionRequested action) {
    FLINK.<ActionRequested>feed("actions").emit(action.getFiredAt(), action);
  }

  private static ActionRequested action(ActionKind kind, String id, String lead) {
    long now = System.currentTimeMillis();
    return Requests.builder(kind, id)
        .setSubjectId(lead)
        .setDueAt(now)
        .setFiredAt(now)
        .setNotAfter(now + Duration.ofHours(1).toMillis())
        .build();
  }

  private static List<ActionCompleted> outcomes() {
    return FLINK.recorded("completed");
  }

  private static Set<String> outcomeIds() {
    return outcomes().stream().map(ActionCompleted::getActionId).collect(toSet());
  }

  private static void awaitOutcomes(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> outcomes().size() >= count);
  }

  private static List<String> threadsLike(String pattern, Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.matches(pattern))
        .toList();
  }
}
