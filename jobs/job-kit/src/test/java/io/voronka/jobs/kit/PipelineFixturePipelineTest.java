package io.voronka.jobs.kit;

import static io.voronka.jobs.kit.TestEvents.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.jobs.kit.testing.Feed;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.jobs.kit.testing.UidGolden;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The gate and the dropping of repeats in a running job, through a lost task manager and a
 * savepoint.
 */
final class PipelineFixturePipelineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ControlRows CONTROL = ControlRows.of(1).tenant(TestEvents.TENANT);

  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  @Test
  void nothingIsJudgedBeforeTheSnapshotAndEverythingAfterIt() throws Exception {
    FLINK.start(assemble());
    events().emit(10, lead("a", "1", 10));
    events().watermark(20);
    FLINK.checkpoint();
    assertThat(out()).isEmpty();

    CONTROL.completeInto(control(), ControlTable.TENANTS);
    awaitOut("a");

    events().emit(30, lead("b", "1", 30));
    awaitOut("a", "b");
  }

  @Test
  void aLostTaskManagerLosesAndRepeatsNothing() throws Exception {
    FLINK.start(assemble());
    CONTROL.completeInto(control(), ControlTable.TENANTS);
    events().emit(10, lead("a", "1", 10));
    // It may have come before the copy of the tables was complete, and then waits for this.
    events().watermark(15);
    awaitOut("a");
    FLINK.checkpoint();

    FLINK.loseTaskManager();
    events().emit(20, lead("a", "1", 20));
    events().emit(21, lead("b", "1", 21));
    events().watermark(30);

    awaitOut("a", "b");
  }

  @Test
  void heldEventsSurviveASavepoint() throws Exception {
    FLINK.start(assemble());
    events().emit(10, lead("a", "1", 10));
    FLINK.checkpoint();
    String savepoint = FLINK.stopWithSavepoint();

    FLINK.startFrom(assemble(), savepoint);
    CONTROL.completeInto(control(), ControlTable.TENANTS);
    events().watermark(20);

    awaitOut("a");
  }

  @Test
  void everyOperatorHasItsUid() {
    assertThat(UidGolden.uids(assemble()))
        .containsExactlyInAnyOrder(
            "feed-events", "feed-control", "drop-ticks", "drop-seen", "probe", "record-out");
  }

  private static StreamExecutionEnvironment assemble() {
    StreamExecutionEnvironment env = FLINK.environment();
    DataStream<CrmEvent> events =
        LogClock.withoutTicks(FLINK.source(env, "events", RecordTypes.of(CrmEvent.class)));
    DataStream<ControlUpdate> control =
        FLINK.sourceFromStart(env, "control", TypeInformation.of(ControlUpdate.class));
    DataStream<CrmEvent> fresh =
        DropSeen.attach(
            events.keyBy(CrmEvent::getSubjectId), CrmEvent::getId, event -> true, "drop-seen");
    FLINK.<CrmEvent>recorder("out").accept(GatedProbe.attach(fresh, control));
    return env;
  }

  private static Feed<CrmEvent> events() {
    return FLINK.feed("events");
  }

  private static Feed<ControlUpdate> control() {
    return FLINK.feed("control");
  }

  private static List<String> out() {
    return FLINK.<CrmEvent>recorded("out").stream().map(CrmEvent::getWebhookId).toList();
  }

  private static void awaitOut(String... ids) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(out()).containsExactly(ids));
  }
}
