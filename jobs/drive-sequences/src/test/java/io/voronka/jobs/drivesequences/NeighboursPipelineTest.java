package io.voronka.jobs.drivesequences;

import static io.voronka.jobs.drivesequences.Records.DAY;
import static io.voronka.jobs.drivesequences.Records.T0;
import static io.voronka.jobs.drivesequences.Records.completed;
import static io.voronka.jobs.drivesequences.Records.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.crm.kommo.webhook.DeliveryContext;
import io.voronka.connectors.crm.kommo.webhook.KommoWebhookDecoder;
import io.voronka.connectors.kafka.streams.RawRecord;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.SequenceProgressed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What happens to a lead's contact, or is written to it, moves the lead in its sequence: from the
 * vendor's bodies to what is told and asked for.
 */
class NeighboursPipelineTest {
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  private static final String CREATED =
      "leads[add][0][id]=%1$s&leads[add][0][name]=Lead+%1$s&leads[add][0][status_id]=64100200"
          + "&leads[add][0][pipeline_id]=7300100&leads[add][0][last_modified]=%2$s";
  private static final String ASKED =
      "message[add][0][id]=in-%1$s&message[add][0][chat_id]=c%1$s&message[add][0][talk_id]=9%1$s"
          + "&message[add][0][text]=Hello&message[add][0][created_at]=%2$s&message[add][0][type]=incoming"
          + "&message[add][0][element_type]=2&message[add][0][entity_type]=lead"
          + "&message[add][0][element_id]=%1$s&message[add][0][entity_id]=%1$s";

  /** Names the talk and no lead. */
  private static final String ANSWERED =
      "outgoing_message[add][0][id]=out-%1$s&outgoing_message[add][0][chat_id]=c%1$s"
          + "&outgoing_message[add][0][talk_id]=9%1$s&outgoing_message[add][0][contact_id]=42"
          + "&outgoing_message[add][0][text]=Yes&outgoing_message[add][0][created_at]=%2$s"
          + "&outgoing_message[add][0][type]=outgoing&outgoing_message[add][0][author][type]=internal"
          + "&outgoing_message[add][0][author][user_id]=11002200";

  private static final String LINKED =
      "contacts[update][0][id]=5%1$s&contacts[update][0][type]=contact"
          + "&contacts[update][0][name]=Anna+%1$s&contacts[update][0][last_modified]=%2$s"
          + "&contacts[update][0][linked_leads_id][%1$s][ID]=%1$s";

  /** Names no lead: whose contact it is was told before. */
  private static final String CITY =
      "contacts[update][0][id]=5%1$s&contacts[update][0][type]=contact"
          + "&contacts[update][0][last_modified]=%2$s"
          + "&contacts[update][0][custom_fields][0][id]=77"
          + "&contacts[update][0][custom_fields][0][values][0][value]=%3$s";

  private static final String IN_PARIS =
      "{'event_triggered': {'event': 'contact_updated', 'where': [{'field_id': '77', 'operator':"
          + " 'equals', 'value': 'Paris'}]%s}}";

  private final KommoWebhookDecoder decoder = new KommoWebhookDecoder();
  private long offset;

  private static void start(String definition) throws Exception {
    TestPipeline.begin(FLINK, TestPipeline.of(FLINK, 2), definition);
  }

  private void webhook(String body, String lead, long at) {
    webhook(body, lead, at, "");
  }

  /** Its places are for the lead's id, for Kommo's clock, and for a value. */
  private void webhook(String body, String lead, long at, String value) {
    DeliveryContext context =
        new DeliveryContext("acme", "kommo-1", "31337001", "acme", at, "wh", "gw");
    byte[] bytes = body.formatted(lead, at / 1000, value).getBytes(StandardCharsets.UTF_8);
    for (CrmEvent event :
        decoder.decode(context, bytes, "application/x-www-form-urlencoded").events()) {
      FLINK.<RawRecord>feed("events").emit(at, raw(event, offset++));
    }
  }

  private static void clock(long at) {
    FLINK.<RawRecord>feed("events").watermark(at);
  }

  /** What was told of a lead: kind, step and reason, each id once. */
  private static List<String> told(String lead) {
    Map<String, String> told = new LinkedHashMap<>();
    for (SequenceProgressed one : FLINK.<SequenceProgressed>recorded("progress")) {
      if (one.getSubjectId().equals(lead)) {
        String step = one.getStepId() == null ? "" : "(" + one.getStepId() + ")";
        String reason = one.getReason() == null ? "" : ":" + one.getReason();
        told.put(one.getId(), one.getKind().name().toLowerCase(Locale.ROOT) + step + reason);
      }
    }
    return new ArrayList<>(told.values());
  }

  private static void awaitTold(String lead, String last) {
    await().until(() -> told(lead).contains(last));
  }

  @Test
  @DisplayName("A wait for a contact's event ends with it, for the lead that it belongs to")
  void aContactsEventEndsAWaitForIt() throws Exception {
    start(
        """
        {'id': 'welcome', 'entry': {'event': 'lead_created'},
         'steps': [{'id': 'city', 'wait_for': {'event': 'contact_updated', 'when': %s,
                    'timeout': {'for': '3d'}, 'then': [{'id': 'known', 'go_to': 'end'}]}},
                   {'id': 'ask', 'kommo_action': {'add_note': {'text': 'Where does {{ contact.name }} live?'}}}]}
        """
            .formatted(IN_PARIS.formatted("")));
    webhook(CREATED, "7", T0);
    webhook(CREATED, "8", T0);
    clock(T0 + 1);
    awaitTold("7", "waiting(city)");
    awaitTold("8", "waiting(city)");
    for (String lead : new String[] {"7", "8"}) {
      webhook(LINKED, lead, T0 + 1000);
      webhook(CITY, lead, T0 + 2000, lead.equals("7") ? "Paris" : "Rome");
    }
    clock(T0 + 4 * DAY);

    awaitTold("7", "exited:completed");
    awaitTold("8", "requested(ask)");
    assertThat(told("7")).contains("branched(city):happened").doesNotContain("requested(ask)");
    assertThat(told("8")).contains("branched(city):timeout");
    assertThat(FLINK.<ActionRequested>recorded("actions"))
        .extracting(action -> action.getAddNote().getText())
        .as("texts know the contact")
        .containsExactly("Where does Anna 8 live?");
  }

  @Test
  @DisplayName("A contact's event is an exit for its lead, and takes back what the step asked for")
  void aContactsEventIsAnExit() throws Exception {
    start(
        """
        {'id': 'welcome', 'entry': {'event': 'lead_created'}, 'exits': [{'event': 'contact_updated', 'when': %s}],
         'steps': [{'id': 'hello', 'send_message': {'text': 'Hi'}}]}
        """
            .formatted(IN_PARIS.formatted("")));
    webhook(LINKED, "7", T0);
    webhook(CREATED, "7", T0 + 1000);
    clock(T0 + 1500);
    awaitTold("7", "requested(hello)");
    webhook(CITY, "7", T0 + 2000, "Rome");
    webhook(CITY, "7", T0 + 3000, "Paris");
    clock(T0 + 5000);

    awaitTold("7", "exited(hello):exit");
    await().until(() -> FLINK.recorded("withdrawals").size() == 1);
    SequenceProgressed exited =
        FLINK.<SequenceProgressed>recorded("progress").stream()
            .filter(one -> "exit".equals(one.getReason()))
            .findFirst()
            .orElseThrow();
    assertThat(exited.getFiredAt()).isEqualTo(T0 + 3000);
  }

  @Test
  @DisplayName("A branch goes by what a contact's field was told to be before")
  void aBranchGoesByAContactsField() throws Exception {
    String told = IN_PARIS.formatted(", 'times': 1, 'within': '30d'");
    start(
        """
        {'id': 'welcome', 'entry': {'event': 'lead_created'},
         'steps': [{'id': 'day', 'wait': {'for': '1d'}},
                   {'id': 'paris', 'branch': {'when': %s, 'then': [{'id': 'fr', 'kommo_action': {'add_note': {'text': 'Bonjour'}}}],
                    'otherwise': [{'id': 'en', 'kommo_action': {'add_note': {'text': 'Hello'}}}]}}]}
        """
            .formatted(told));
    for (String lead : new String[] {"7", "8"}) {
      webhook(LINKED, lead, T0 - 2000);
      webhook(CITY, lead, T0 - 1000, lead.equals("7") ? "Paris" : "Rome");
      webhook(CREATED, lead, T0);
    }
    clock(T0 + 2 * DAY);

    awaitTold("7", "requested(fr)");
    awaitTold("8", "requested(en)");
    assertThat(told("7")).contains("branched(paris):true");
    assertThat(told("8")).contains("branched(paris):false");
  }

  @Test
  @DisplayName("A message to the client, whose hook names only the talk, reaches the lead")
  void anOutgoingMessageEndsAWaitAlsoWhenItIsReadBeforeItsTalkIsKnown() throws Exception {
    start(
        """
        {'id': 'welcome', 'entry': {'event': 'lead_created'},
         'steps': [{'id': 'answer', 'wait_for': {'event': 'message_sent', 'timeout': {'for': '1d'},
                    'then': [{'id': 'answered', 'go_to': 'end'}]}},
                   {'id': 'remind', 'kommo_action': {'create_task': {'text': 'Answer', 'due': '1h'}}}]}
        """);
    for (String lead : new String[] {"7", "8", "9"}) {
      webhook(CREATED, lead, T0);
    }
    clock(T0 + 1);
    for (String lead : new String[] {"7", "8", "9"}) {
      awaitTold(lead, "waiting(answer)");
    }
    webhook(ASKED, "7", T0 + 2000);
    webhook(ANSWERED, "7", T0 + 4000);
    webhook(ANSWERED, "9", T0 + 4000);
    webhook(ASKED, "8", T0 + 2000);
    webhook(ASKED, "9", T0 + 2000);
    clock(T0 + 2 * DAY);

    awaitTold("7", "exited:completed");
    awaitTold("9", "exited:completed");
    awaitTold("8", "requested(remind)");
    assertThat(told("7")).contains("branched(answer):happened");
    assertThat(told("9")).contains("branched(answer):happened");
    assertThat(told("8")).contains("branched(answer):timeout");
  }

  @Test
  @DisplayName("After a crash, contacts' events read again ask for the same and tell the same")
  void aLostTaskManagerDoublesNothing() throws Exception {
    start(
        """
        {'id': 'welcome', 'entry': {'event': 'contact_updated', 'when': %s},
         'steps': [{'id': 'hello', 'send_message': {'text': 'Bonjour'}}]}
        """
            .formatted(IN_PARIS.formatted("")));
    for (int lead = 10; lead < 30; lead++) {
      webhook(LINKED, "" + lead, T0);
    }
    clock(T0 + 1000);
    FLINK.checkpoint();
    for (int lead = 10; lead < 30; lead++) {
      webhook(CITY, "" + lead, T0 + 2000, "Paris");
    }
    clock(T0 + 3000);
    await().until(() -> ids().size() == 20);
    FLINK.loseTaskManager();
    webhook(LINKED, "7", T0 + 4000);
    webhook(CITY, "7", T0 + 5000, "Paris");
    clock(T0 + 6000);
    await().until(() -> ids().size() == 21);

    assertThat(FLINK.<ActionRequested>recorded("actions"))
        .as("asked again under the same ids")
        .hasSizeGreaterThan(21);
    List<ActionRequested> actions = FLINK.recorded("actions");
    actions.forEach(
        action ->
            FLINK
                .<RawRecord>feed("outcomes")
                .emit(
                    T0 + 6000,
                    raw(completed(action, ActionOutcome.CONFIRMED, T0 + 6000), offset++)));
    awaitTold("7", "exited:completed");
    awaitTold("29", "exited:completed");
    assertThat(told("29"))
        .containsExactly(
            "entered(hello)", "requested(hello)", "concluded(hello):confirmed", "exited:completed");
  }

  private static List<String> ids() {
    return FLINK.<ActionRequested>recorded("actions").stream()
        .map(ActionRequested::getId)
        .distinct()
        .toList();
  }
}
