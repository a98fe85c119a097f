package io.voronka.jobs.capturecontrol.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.jobs.capturecontrol.domain.CapturedRow;
import io.voronka.jobs.capturecontrol.domain.ControlWrite;
import io.voronka.jobs.capturecontrol.domain.PublishedControl;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.TenantRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ReconcileControlRowsOperatorTest {
  /** By test: what the topics hold, and the heartbeats written. The operator is serialized. */
  private static final Map<String, List<ControlWrite>> TOPICS = new ConcurrentHashMap<>();

  private static final Map<String, List<Long>> BEATS = new ConcurrentHashMap<>();

  private String test;
  private OneInputStreamOperatorTestHarness<CapturedRow, ControlWrite> harness;

  @BeforeEach
  void prepare(TestInfo info) {
    test = info.getDisplayName();
    TOPICS.put(test, new ArrayList<>());
    BEATS.put(test, new ArrayList<>());
  }

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
    TOPICS.remove(test);
    BEATS.remove(test);
  }

  @Test
  void beatsBeforeAnyRowComesAndOncePerIntervalWhenEverythingIsRead() throws Exception {
    start("one", null);

    harness.setProcessingTime(1_000);
    harness.setProcessingTime(1_200);
    int whileReading = BEATS.get(test).size();
    endReading(1_200);
    harness.setProcessingTime(1_400);
    int atTheEnd = BEATS.get(test).size();
    harness.setProcessingTime(61_300);
    int justBefore = BEATS.get(test).size();
    harness.setProcessingTime(61_400);

    assertThat(whileReading).isGreaterThanOrEqualTo(2);
    assertThat(justBefore).isEqualTo(atTheEnd);
    assertThat(BEATS.get(test)).hasSize(atTheEnd + 1).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void goesOnInTheSameRunFromACheckpointInTheMiddleOfTheReading() throws Exception {
    start("one", null);
    harness.setProcessingTime(1_000);
    harness.processElement(tenant("a"), 0);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1_000);
    harness.processElement(tenant("b"), 0);
    publish();

    start("one", checkpoint);
    harness.setProcessingTime(2_000);
    List<ControlWrite> end = endReading(2_000);

    assertThat(end.get(0)).isEqualTo(new ControlWrite(ControlTable.TENANTS, "b", null));
    assertThat(marker(end).getGeneration()).isEqualTo(1);
    assertThat(marker(end).getRowCount()).isEqualTo(1);
  }

  @Test
  void goesOnFollowingFromACheckpointAfterTheReading() throws Exception {
    start("one", null);
    harness.setProcessingTime(1_000);
    harness.processElement(tenant("a"), 0);
    endReading(1_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1_000);
    publish();

    start("one", checkpoint);
    harness.setProcessingTime(2_000);
    harness.processElement(tenant("b"), 0);

    List<ControlWrite> writes = harness.extractOutputValues();
    assertThat(writes).extracting(ControlWrite::key).containsExactly("b", "!snapshot");
    assertThat(marker(writes).getGeneration()).isEqualTo(1);
    assertThat(marker(writes).getRowCount()).isEqualTo(2);
  }

  @Test
  void aNewSubmissionBeginsANewRunWhateverTheStateSays() throws Exception {
    start("one", null);
    harness.setProcessingTime(1_000);
    harness.processElement(tenant("a"), 0);
    endReading(1_000);
    OperatorSubtaskState savepoint = harness.snapshot(1, 1_000);
    publish();

    start("two", savepoint);
    harness.setProcessingTime(2_000);
    List<ControlWrite> end = endReading(2_000);

    assertThat(end.get(0)).isEqualTo(new ControlWrite(ControlTable.TENANTS, "a", null));
    assertThat(marker(end).getGeneration()).isEqualTo(2);
  }

  @Test
  void aReadingInTheMiddleOfARunBeginsTheNextOneAndBuriesWhatWentMeanwhile() throws Exception {
    start("one", null);
    harness.setProcessingTime(1_000);
    harness.processElement(tenant("a"), 0);
    harness.processElement(tenant("b"), 0);
    endReading(1_000);
    OperatorSubtaskState checkpoint = harness.snapshot(1, 1_000);
    publish();

    start("one", checkpoint);
    harness.setProcessingTime(61_000);
    int beats = BEATS.get(test).size();
    harness.processElement(CapturedRow.reading(), 0);
    harness.processElement(tenant("b"), 0);
    harness.setProcessingTime(61_001);
    assertThat(BEATS.get(test)).as("it does not wait for the idle beat").hasSize(beats + 1);
    List<ControlWrite> end = endReading(61_001);

    assertThat(end.get(0)).isEqualTo(new ControlWrite(ControlTable.TENANTS, "a", null));
    assertThat(marker(end).getGeneration()).isEqualTo(2);
    assertThat(marker(end).getRowCount()).isEqualTo(1);
  }

  @Test
  void recordsCarryTheCaptureClock() throws Exception {
    start("one", null);
    harness.setProcessingTime(1_234);

    harness.processElement(tenant("a"), 0);

    assertThat(harness.extractOutputStreamRecords().get(0).getTimestamp()).isEqualTo(1_234);
  }

  private void start(String submission, OperatorSubtaskState state) throws Exception {
    if (harness != null) {
      harness.close();
    }
    String name = test;
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ReconcileControlRows(
                new ReconcileControlRows.Settings(
                    submission,
                    Duration.ofMinutes(1),
                    () -> topics(name),
                    () -> new RecordingHeartbeats(name))));
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private List<ControlWrite> endReading(long now) throws Exception {
    int before = harness.extractOutputValues().size();
    harness.processElement(CapturedRow.heartbeat(now - 1, 0), 0);
    harness.processElement(CapturedRow.heartbeat(now + 1, 0), 0);
    List<ControlWrite> all = harness.extractOutputValues();
    return all.subList(before, all.size());
  }

  private void publish() {
    TOPICS.get(test).addAll(harness.extractOutputValues());
  }

  private static ControlChange marker(List<ControlWrite> writes) {
    return writes.stream()
        .filter(write -> write.table() == ControlTable.TENANTS)
        .filter(write -> write.key().equals(ControlKeys.SNAPSHOT))
        .findFirst()
        .orElseThrow()
        .change();
  }

  private static PublishedControl topics(String test) {
    PublishedControl topics = new PublishedControl();
    TOPICS.get(test).forEach(write -> topics.read(write.table(), write.key(), write.change()));
    return topics;
  }

  private static CapturedRow tenant(String id) {
    ControlChange row =
        ControlChange.newBuilder()
            .setTable(ControlTable.TENANTS)
            .setOp(ControlOp.UPSERT)
            .setGeneration(0)
            .setTenant(
                TenantRow.newBuilder()
                    .setTenantId(id)
                    .setName(id)
                    .setTimeZone("UTC")
                    .setLocale("en")
                    .build())
            .build();
    return CapturedRow.present(ControlTable.TENANTS, id, row, 0);
  }

  private record RecordingHeartbeats(String test) implements HeartbeatWriter {
    @Override
    public void beat(long generation, long beat) {
      BEATS.get(test).add(beat);
    }

    @Override
    public void close() {}
  }
}
