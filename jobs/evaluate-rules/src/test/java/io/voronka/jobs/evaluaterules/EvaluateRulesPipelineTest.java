package io.voronka.jobs.evaluaterules;

import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.lead;
import static io.voronka.jobs.evaluaterules.CrmEvents.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.jobs.kit.testing.Feed;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.jobs.kit.testing.UidGolden;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RecordRejected;
import io.voronka.schemas.RuleDecided;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EvaluateRulesPipelineTest {
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  private static final String WON =
      """
      {'id': 'won', 'trigger': {'event': 'lead_stage_changed'},
       'when': {'stage_changed': {'to': '142'}},
       'actions': [{'key': 'thank', 'add_note': {'text': 'Thanks'}}]}
      """;

  private static final String GREET =
      """
      {'id': 'greet', 'agent': 'seller', 'trigger': {'event': 'contact_updated'},
       'actions': [{'key': 'greet', 'send_message': {'text':
         '{{contact.name}} ({{contact.code.PHONE}}), {{agent.name}} of {{tenant.name}} here'}}]}
      """;

  private long offset;

  private static void controlRows() {
    Feed<ControlUpdate> control = FLINK.feed("control");
    for (ControlUpdate update :
        ControlRows.whole(
            ControlRows.tenant(true),
            ControlRows.account(true),
            ControlRows.names()[0],
            ControlRows.rule("won", 1, WON),
            ControlRows.rule("greet", 1, GREET),
            ControlRows.ruleSet(1, T0, "won:1", "greet:1"))) {
      control.emit(0, update);
    }
    control.lastWatermark();
  }

  private void emit(CrmEvent event) {
    Feed<RawRecord> events = FLINK.feed("events");
    events.emit(event.getReceivedAt(), raw(event, offset++));
    events.watermark(event.getReceivedAt() - 1);
  }

  private static List<RuleDecided> decided() {
    return FLINK.recorded("decided");
  }

  private static Map<String, byte[]> bytesByEvent() {
    Map<String, byte[]> bytes = new HashMap<>();
    var codec = io.voronka.schemas.RecordCodec.of(RuleDecided.class);
    for (RuleDecided record : decided()) {
      byte[] encoded = codec.encode(record);
      byte[] before = bytes.putIfAbsent(record.getEventId(), encoded);
      assertThat(before == null ? encoded : before).as("copies are equal").isEqualTo(encoded);
    }
    return bytes;
  }

  @Test
  void eventsBecomeDecisionsAndActionsAndTicksCarryOnlyTime() throws Exception {
    StreamExecutionEnvironment env = TestPipeline.of(FLINK);
    for (int lead = 0; lead < 20; lead++) {
      emit(lead(EventKind.LEAD_CREATED, "c" + lead, "L" + lead, T0 + lead, "142", "1"));
    }
    Feed<RawRecord> events = FLINK.feed("events");
    events.emit(T0, new RawRecord("crm.events", 1, 7, T0, null, new byte[] {1, 2, 3}));
    emit(CrmEvents.tick(T0 + 1000));

    FLINK.start(env);
    controlRows();

    await().until(() -> decided().size() == 20);
    await().until(() -> FLINK.recorded("rejected").size() == 1);
    assertThat(FLINK.<ActionRequested>recorded("actions"))
        .hasSize(20)
        .extracting(ActionRequested::getId)
        .doesNotHaveDuplicates();
    assertThat(FLINK.<RecordRejected>recorded("rejected"))
        .extracting(RecordRejected::getReason)
        .containsExactly("malformed");
  }

  @Test
  void aTextNamesTheContactThatReachedTheLead() throws Exception {
    FLINK.start(TestPipeline.of(FLINK));
    controlRows();
    emit(CrmEvents.contact("c1", "Anna", "+7 1", T0 + 10, "7", "8"));
    emit(CrmEvents.tick(T0 + 1000));

    await().until(() -> FLINK.recorded("actions").size() == 2);

    assertThat(FLINK.<ActionRequested>recorded("actions"))
        .extracting(action -> action.getSubjectId() + ": " + action.getSendMessage().getText())
        .containsExactlyInAnyOrder(
            "7: Anna (+7 1), Vera of Acme here", "8: Anna (+7 1), Vera of Acme here");
  }

  @Test
  void aLostTaskManagerChangesNoDecision() throws Exception {
    StreamExecutionEnvironment env = TestPipeline.of(FLINK);
    FLINK.start(env);
    controlRows();
    for (int lead = 0; lead < 50; lead++) {
      emit(lead(EventKind.LEAD_CREATED, "c" + lead, "L" + lead, T0 + lead, "10", "1"));
      emit(lead(EventKind.LEAD_UPDATED, "u" + lead, "L" + lead, T0 + 5000 + lead, "142", "1"));
    }
    emit(CrmEvents.tick(T0 + 10_000));
    await().until(() -> bytesByEvent().size() >= 50);
    FLINK.checkpoint();
    for (int lead = 0; lead < 50; lead++) {
      emit(lead(EventKind.LEAD_UPDATED, "v" + lead, "L" + lead, T0 + 20_000 + lead, "142", "2"));
      emit(lead(EventKind.LEAD_UPDATED, "w" + lead, "L" + lead, T0 + 30_000 + lead, "20", "2"));
      emit(lead(EventKind.LEAD_UPDATED, "x" + lead, "L" + lead, T0 + 40_000 + lead, "142", "2"));
    }
    FLINK.loseTaskManager();
    emit(CrmEvents.tick(T0 + 50_000));

    await().until(() -> bytesByEvent().size() == 100);

    assertThat(
            FLINK.<ActionRequested>recorded("actions").stream()
                .map(ActionRequested::getId)
                .distinct())
        .as("each lead came to 142 twice")
        .hasSize(100);
  }

  @Test
  void theJobGoesOnFromASavepoint() throws Exception {
    FLINK.start(TestPipeline.of(FLINK));
    controlRows();
    emit(lead(EventKind.LEAD_CREATED, "c", "1", T0, "142", "1"));
    emit(CrmEvents.tick(T0 + 1));
    await().until(() -> decided().size() == 1);
    String savepoint = FLINK.stopWithSavepoint();

    FLINK.startFrom(TestPipeline.of(FLINK), savepoint);
    emit(lead(EventKind.LEAD_CREATED, "c", "1", T0, "142", "1"));
    emit(lead(EventKind.LEAD_STAGE_CHANGED, "s", "1", T0 + 10, "142", "1"));
    emit(CrmEvents.tick(T0 + 1000));

    await().until(() -> decided().size() == 2);
    assertThat(FLINK.<ActionRequested>recorded("actions")).hasSize(1);
  }

  @Test
  void uidsAreThoseOfTheSavepointsThatAreOutThere() throws Exception {
    StreamExecutionEnvironment env = JobEnvironment.from(TestPipeline.CONFIG.job());
    EvaluateRulesJob.attach(env, TestPipeline.CONFIG);
    UidGolden.assertMatches(env, Path.of("uids.txt"));
  }
}
