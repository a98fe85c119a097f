package io.voronka.jobs.evaluaterules;

import static io.voronka.jobs.evaluaterules.CrmEvents.T0;
import static io.voronka.jobs.evaluaterules.CrmEvents.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.crm.kommo.webhook.DeliveryContext;
import io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.testing.Feed;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What other rule engines for sales funnels get wrong about a running job, one test for each, from
 * the vendor's bodies to what is asked for. What needs no job is in {@code RulePromisesTest} of
 * rule-engine.
 */
@DisplayName("What a running job may be relied upon for")
class RulePromisesPipelineTest {
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;

  private static final String NOBODY_ANSWERS =
      """
      {'id': 'nobody-answers',
       'when': {'all': [
         {'time_elapsed': {'since': 'last_message_received', 'for': '%s', 'unless': 'message_sent'}},
         {'field_value': {'field': 'status_id', 'operator': 'equals', 'value': '64100200'}}]},
       'actions': [{'key': 'remind', 'create_task': {'text': 'Answer {{ lead.name }}', 'due': '1h'}}]}
      """;

  private static final String CALL =
      """
      {'id': 'call', 'trigger': {'event': 'lead_stage_changed'}, %s
       'when': {'stage_changed': {'to': '64100300'}},
       'actions': [{'key': 'call', 'create_task': {'text': 'Call', 'due': '1h'}}]}
      """;

  private static final String PROBE =
      """
      {'id': 'probe', 'mode': 'observe', 'trigger': {'event': 'lead_updated'},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;

  private static final String CREATED =
      "leads[add][0][id]=%1$s&leads[add][0][name]=Lead+%1$s&leads[add][0][status_id]=64100200"
          + "&leads[add][0][pipeline_id]=7300100&leads[add][0][last_modified]=%2$s";
  private static final String OPENED =
      "talk[add][0][talk_id]=9%1$s&talk[add][0][created_at]=%2$s&talk[add][0][updated_at]=%2$s"
          + "&talk[add][0][contact_id]=42&talk[add][0][chat_id]=c%1$s&talk[add][0][entity_id]=%1$s"
          + "&talk[add][0][entity_type]=lead&talk[add][0][is_in_work]=1";
  private static final String ASKED =
      "message[add][0][id]=in-%1$s&message[add][0][chat_id]=c%1$s&message[add][0][talk_id]=9%1$s"
          + "&message[add][0][text]=Hello&message[add][0][created_at]=%2$s&message[add][0][type]=incoming"
          + "&message[add][0][element_type]=2&message[add][0][entity_type]=lead"
          + "&message[add][0][element_id]=%1$s&message[add][0][entity_id]=%1$s";
  private static final String ANSWERED =
      "outgoing_message[add][0][id]=out-%1$s&outgoing_message[add][0][chat_id]=c%1$s"
          + "&outgoing_message[add][0][talk_id]=9%1$s&outgoing_message[add][0][contact_id]=42"
          + "&outgoing_message[add][0][text]=Yes&outgoing_message[add][0][created_at]=%2$s"
          + "&outgoing_message[add][0][type]=outgoing&outgoing_message[add][0][author][type]=internal"
          + "&outgoing_message[add][0][author][user_id]=11002200";

  private static final String RENAMED =
      "leads[update][0][id]=%1$s&leads[update][0][name]=x&leads[update][0][last_modified]=%2$s";
  private static final String MOVED =
      "leads[status][%3$s][id]=%1$s&leads[status][%3$s][status_id]=64100300"
          + "&leads[status][%3$s][old_status_id]=64100200&leads[status][%3$s][pipeline_id]=7300100"
          + "&leads[status][%3$s][last_modified]=%2$s";

  private final KommoWebhookDecoder decoder = new KommoWebhookDecoder();
  private long offset;

  private static void start(String id, String definition) throws Exception {
    FLINK.start(TestPipeline.of(FLINK));
    Feed<ControlUpdate> control = FLINK.feed("control");
    for (ControlUpdate update :
        ControlRows.whole(
            ControlRows.tenant(true),
            ControlRows.account(true),
            ControlRows.rule(id, 1, definition),
            ControlRows.ruleSet(1, T0, id + ":1"))) {
      control.emit(0, update);
    }
    control.lastWatermark();
  }

  /** One webhook: the body's first place is for the lead's id, the second for Kommo's clock. */
  private void webhook(String body, String lead, long at) {
    webhook(body.formatted(lead, at / 1000, "0"), at);
  }

  private void webhook(String body, long at) {
    DeliveryContext context =
        new DeliveryContext("acme", "kommo-1", "31337001", "acme", at, "wh", "gw");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (CrmEvent event :
        decoder.decode(context, bytes, "application/x-www-form-urlencoded").events()) {
      FLINK.<RawRecord>feed("events").emit(at, raw(event, offset++));
    }
  }

  private static void clock(long at) {
    FLINK.<RawRecord>feed("events").watermark(at);
  }

  @Test
  @DisplayName("A client who is answered in time makes no task; one whom nobody answers does")
  void anAnswerEndsTheWaitThoughItsHookNamesOnlyTheTalk() throws Exception {
    start("nobody-answers", NOBODY_ANSWERS.formatted("5s"));
    for (String lead : new String[] {"7", "8"}) {
      webhook(CREATED, lead, T0);
      webhook(OPENED, lead, T0 + 1000);
      webhook(ASKED, lead, T0 + 2000);
    }
    webhook(ANSWERED, "7", T0 + 4000);
    clock(T0 + 60_000);

    await().until(() -> !actions().isEmpty());
    assertThat(actions()).extracting(ActionRequested::getSubjectId).containsExactly("8");
  }

  @Test
  @DisplayName(
      "The answer is read before whose talk it is: it waits for the partitions to be level")
  void anAnswerThatIsReadBeforeTheTalksLeadIsToldEndsTheWait() throws Exception {
    start("nobody-answers", NOBODY_ANSWERS.formatted("5s"));
    webhook(CREATED, "8", T0);
    webhook(ASKED, "8", T0 + 2000);
    webhook(CREATED, "7", T0);
    webhook(ANSWERED, "7", T0 + 4000);
    webhook(ASKED, "7", T0 + 2000);
    clock(T0 + 60_000);

    await().until(() -> !actions().isEmpty());
    assertThat(actions()).extracting(ActionRequested::getSubjectId).containsExactly("8");
  }

  @Test
  @DisplayName("The job is down across a moment while the awaited answer arrives: nothing fires")
  void theJobIsDownAcrossTheMoment() throws Exception {
    start("nobody-answers", NOBODY_ANSWERS.formatted("2d"));
    for (String lead : new String[] {"7", "8"}) {
      webhook(CREATED, lead, T0);
      webhook(OPENED, lead, T0 + 1000);
      webhook(ASKED, lead, T0 + 2000);
    }
    clock(T0 + HOUR);
    String savepoint = FLINK.stopWithSavepoint();

    webhook(ANSWERED, "7", T0 + DAY);
    clock(T0 + 9 * DAY);
    FLINK.startFrom(TestPipeline.of(FLINK), savepoint);

    await().until(() -> !actions().isEmpty());
    assertThat(actions()).extracting(ActionRequested::getSubjectId).containsExactly("8");
  }

  @Test
  @DisplayName("A wait edited from 2 days to 3 while a lead waits fires once, on the third day")
  void anEditedWaitFiresOnce() throws Exception {
    start("nobody-answers", NOBODY_ANSWERS.formatted("2d"));
    webhook(CREATED, "7", T0);
    webhook(ASKED, "7", T0 + 2000);
    clock(T0 + DAY);
    Feed<ControlUpdate> control = FLINK.feed("control");
    control.emit(0, ControlRows.rule("nobody-answers", 2, NOBODY_ANSWERS.formatted("3d")));
    control.emit(0, ControlRows.rule("probe", 1, PROBE));
    control.emit(0, ControlRows.ruleSet(2, T0 + DAY + HOUR, "nobody-answers:2", "probe:1"));
    long[] now = {T0 + DAY + HOUR};
    await()
        .until(
            () -> {
              webhook(RENAMED, "7", now[0] += 1000);
              clock(now[0]); // What came before the rules were here waits for its time.
              return !FLINK.recorded("decided").isEmpty();
            });

    clock(T0 + 2 * DAY + HOUR);
    clock(T0 + 3 * DAY + 2500);
    clock(T0 + 30 * DAY);

    await().until(() -> !actions().isEmpty());
    assertThat(actions())
        .as("the probe only watches")
        .extracting(ActionRequested::getFiredAt)
        .containsExactly(T0 + 2000 + 3 * DAY);
  }

  @Test
  @DisplayName("A batch of three leads in one webhook fires three times")
  void allOfABatchIsJudged() throws Exception {
    start("call", CALL.formatted(""));
    for (String lead : new String[] {"7", "8", "9"}) {
      webhook(CREATED, lead, T0);
    }
    String batch =
        Stream.of("7", "8", "9")
            .map(lead -> MOVED.formatted(lead, T0 / 1000 + 5, Integer.parseInt(lead) - 7))
            .collect(Collectors.joining("&"));

    webhook(batch, T0 + 5000);
    clock(T0 + 10_000);

    await().until(() -> actions().size() == 3);
    assertThat(actions())
        .extracting(ActionRequested::getSubjectId)
        .containsExactlyInAnyOrder("7", "8", "9");
  }

  @Test
  @DisplayName("The same webhook delivered again fires once, before a restart and after it")
  void aWebhookThatComesAgainChangesNothing() throws Exception {
    start("call", CALL.formatted(""));
    webhook(CREATED, "7", T0);
    webhook(MOVED, "7", T0 + 5000);
    webhook(MOVED.formatted("7", T0 / 1000 + 5, "0"), T0 + 6000);
    clock(T0 + 7000);
    await().until(() -> actions().size() == 1);
    String savepoint = FLINK.stopWithSavepoint();

    FLINK.startFrom(TestPipeline.of(FLINK), savepoint);
    webhook(MOVED.formatted("7", T0 / 1000 + 5, "0"), T0 + 8000);
    webhook(CREATED, "8", T0 + 9000);
    webhook(MOVED, "8", T0 + 10_000);
    clock(T0 + 20_000);

    await().until(() -> actions().size() >= 2);
    assertThat(actions()).extracting(ActionRequested::getSubjectId).containsExactly("7", "8");
  }

  @Test
  @DisplayName("Two workers, one limit: so many a day over all leads, and not one more")
  void twoWorkersKeepOneLimit() throws Exception {
    start("call", CALL.formatted("'limits': {'per_day': 5},"));
    for (int lead = 1; lead <= 40; lead++) {
      webhook(CREATED, "" + lead, T0);
      webhook(MOVED, "" + lead, T0 + 5000);
    }
    clock(T0 + 10_000);

    await()
        .until(
            () ->
                FLINK.<RuleDecided>recorded("granted").stream()
                        .filter(decided -> decided.getEventKind() != EventKind.LEAD_CREATED)
                        .count()
                    == 40);
    assertThat(FLINK.<ActionRequested>recorded("granted-actions")).hasSize(5);
  }

  @Test
  @DisplayName(
      "Two workers, one cooldown: a lead that is lost again the same day is not asked again")
  void aCooldownHoldsWhateverComesAtOnce() throws Exception {
    start("call", CALL.formatted("'limits': {'cooldown': '1d'},"));
    for (String lead : new String[] {"7", "8"}) {
      webhook(CREATED, lead, T0);
      for (int second = 1; second <= 5; second++) {
        webhook(MOVED, lead, T0 + second * 2000L);
        webhook(MOVED.replace("64100300", "1"), lead, T0 + second * 2000L + 1000);
      }
    }
    clock(T0 + 60_000);

    await().until(() -> FLINK.recorded("decided").size() >= 10);
    assertThat(actions())
        .extracting(ActionRequested::getSubjectId)
        .containsExactlyInAnyOrder("7", "8");
  }

  private static List<ActionRequested> actions() {
    return FLINK.recorded("actions");
  }
}
