package io.voronka.jobs.drivesequences;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.WELCOME;
import static io.voronka.jobs.drivesequences.Records.completed;
import static io.voronka.jobs.drivesequences.Records.event;
import static io.voronka.jobs.drivesequences.Records.raw;
import static io.voronka.jobs.drivesequences.Records.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.drivesequences.operators.SubjectInput;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.jobs.kit.testing.Feed;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.jobs.kit.testing.StreamTypes;
import io.voronka.jobs.kit.testing.UidGolden;
import io.voronka.rules.domain.Chains;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriveSequencesPipelineTest {
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  private final Set<String> answered = new HashSet<>();
  private long offset;

  private StreamExecutionEnvironment pipeline() {
    return pipeline(2);
  }

  private StreamExecutionEnvironment pipeline(int subtasks) {
    return TestPipeline.of(FLINK, subtasks);
  }

  private static void begin(StreamExecutionEnvironment env) throws Exception {
    TestPipeline.begin(FLINK, env, WELCOME);
  }

  private void emit(CrmEvent event) {
    Feed<RawRecord> events = FLINK.feed("events");
    events.emit(event.getReceivedAt(), raw(event, offset++));
    events.watermark(event.getReceivedAt());
  }

  /** The executor: acts once per id, and answers. */
  private void answer(long at) {
    answerFirst(Integer.MAX_VALUE, at);
  }

  private void answerFirst(int most, long at) {
    FLINK.<ActionRequested>recorded("actions").stream().limit(most).forEach(one -> answer(one, at));
  }

  private void answer(ActionRequested action, long at) {
    if (answered.add(action.getId())) {
      FLINK
          .<RawRecord>feed("outcomes")
          .emit(at, raw(completed(action, ActionOutcome.CONFIRMED, at), offset++));
    }
  }

  private static long count(ProgressKind kind) {
    return FLINK.<SequenceProgressed>recorded("progress").stream()
        .filter(one -> one.getKind() == kind)
        .map(SequenceProgressed::getId)
        .distinct()
        .count();
  }

  private static List<String> effects() {
    return FLINK.<ActionRequested>recorded("actions").stream()
        .collect(Collectors.toMap(ActionRequested::getId, one -> one, (a, b) -> a))
        .values()
        .stream()
        .map(one -> one.getSubjectId() + one.getActionKey())
        .sorted()
        .toList();
  }

  @Test
  void oneLeadAnswersAndLeavesTheOtherGetsAllSteps() throws Exception {
    begin(pipeline());
    emit(event(EventKind.LEAD_CREATED, "7", T0));
    emit(event(EventKind.LEAD_CREATED, "8", T0 + 1));
    await().until(() -> effects().size() == 2);
    answer(T0 + 1);
    await().until(() -> count(ProgressKind.WAITING) == 2);
    emit(event(EventKind.MESSAGE_RECEIVED, "7", T0 + 1000));
    emit(tick(T0 + 2 * DAY));
    await().until(() -> effects().size() == 3);
    answer(T0 + 2 * DAY);
    await().until(() -> count(ProgressKind.EXITED) == 2);

    assertThat(effects()).containsExactly("7hello", "8hello", "8note");
    assertThat(FLINK.recorded("rejected")).isEmpty();
  }

  @Test
  void aSavepointInTheMiddleOfWaitsLosesAndDoublesNothing() throws Exception {
    begin(pipeline());
    for (int lead = 0; lead < 50; lead++) {
      emit(event(EventKind.LEAD_CREATED, "L" + lead, T0 + lead));
    }
    await().until(() -> effects().size() == 50);
    answer(T0 + 100);
    await().until(() -> count(ProgressKind.WAITING) == 50);
    String savepoint = FLINK.stopWithSavepoint();

    FLINK.startFrom(pipeline(), savepoint);
    emit(event(EventKind.MESSAGE_RECEIVED, "L7", T0 + 5000));
    emit(tick(T0 + 2 * DAY));
    await().until(() -> effects().size() == 99);
    answer(T0 + 2 * DAY);
    await().until(() -> count(ProgressKind.EXITED) == 50);
    assertThat(FLINK.<ActionRequested>recorded("actions")).hasSize(99);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 1"})
  void othersTakeOverInTheMiddleOfWaits(int before, int after) throws Exception {
    begin(pipeline(before));
    for (int lead = 0; lead < 60; lead++) {
      emit(event(EventKind.LEAD_CREATED, "L" + lead, T0 + lead));
    }
    await().until(() -> effects().size() == 60);
    // Half of them wait for a time, the others for what becomes of their first step.
    answerFirst(30, T0 + 100);
    await().until(() -> count(ProgressKind.WAITING) == 30);
    String savepoint = FLINK.stopWithSavepoint();

    FLINK.startFrom(pipeline(after), savepoint);
    emit(tick(T0 + 200));
    answer(T0 + 200);
    await().until(() -> count(ProgressKind.WAITING) == 60);
    emit(event(EventKind.MESSAGE_RECEIVED, "L7", T0 + 5000));
    emit(tick(T0 + 2 * DAY));
    await().until(() -> effects().size() == 119);
    answer(T0 + 2 * DAY);
    await().until(() -> count(ProgressKind.EXITED) == 60);
    assertThat(FLINK.<ActionRequested>recorded("actions")).hasSize(119);
    assertThat(effects()).doesNotHaveDuplicates();
  }

  @Test
  void aLostTaskManagerAsksAgainForTheSame() throws Exception {
    begin(pipeline());
    for (int lead = 0; lead < 50; lead++) {
      emit(event(EventKind.LEAD_CREATED, "L" + lead, T0 + lead));
    }
    await().until(() -> effects().size() == 50);
    FLINK.checkpoint();
    answer(T0 + 100);
    await().until(() -> count(ProgressKind.WAITING) == 50);
    emit(tick(T0 + DAY / 2));
    FLINK.loseTaskManager();
    emit(tick(T0 + 3 * DAY));
    await().until(() -> effects().size() == 100);
    answer(T0 + 3 * DAY);

    await().until(() -> count(ProgressKind.EXITED) == 50);
    assertThat(effects()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void whatRulesWriteIsReadAndOpensNoSequenceAtTheEndOfAChain() throws Exception {
    TestPipeline.begin(FLINK, pipeline(), WELCOME.replace("lead_created", "lead_updated"));
    AtomicInteger leads = new AtomicInteger();
    // Topics are read in any order: each lead's hook comes some time after what was asked for.
    await()
        .until(
            () -> {
              int lead = leads.getAndIncrement();
              String name = "Lead L" + lead;
              ActionRequested write =
                  Records.naming("L" + lead, name, "e" + lead, Chains.DEEPEST, T0 + lead);
              FLINK.<RawRecord>feed("requests").emit(T0 + lead, raw(write, offset++));
              emit(event(EventKind.LEAD_UPDATED, "L" + (lead - 3), T0 + lead));
              return count(ProgressKind.REFUSED) > 0;
            });

    assertThat(FLINK.<SequenceProgressed>recorded("progress"))
        .filteredOn(one -> one.getKind() == ProgressKind.REFUSED)
        .extracting(SequenceProgressed::getReason)
        .containsOnly("chain-too-deep");
    assertThat(FLINK.recorded("rejected")).isEmpty();
  }

  @Test
  void typesOnStreamsNeedNoKryo() {
    StreamTypes.assertNoKryo(RawRecord.class, SubjectInput.class, ControlUpdate.class);
  }

  @Test
  void uidsAreThoseOfTheSavepointsThatAreOutThere() throws Exception {
    StreamExecutionEnvironment env = JobEnvironment.from(TestPipeline.CONFIG.job());
    DriveSequencesJob.attach(env, TestPipeline.CONFIG);
    UidGolden.assertMatches(env, Path.of("uids.txt"));
  }
}
