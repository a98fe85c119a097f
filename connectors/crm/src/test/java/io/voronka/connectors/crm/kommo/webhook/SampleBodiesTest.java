package io.voronka.connectors.crm.kommo.webhook;

import static io.voronka.connectors.crm.kommo.webhook.Deliveries.decode;
import static io.voronka.connectors.crm.kommo.webhook.Deliveries.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Tag;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies as Kommo sends them, each shape once, and the whole event that it must give. */
class SampleBodiesTest {

  @Test
  void goldenBodyIsTheDocumentedOne() throws Exception {
    byte[] body = Deliveries.GOLDEN.getBytes(StandardCharsets.US_ASCII);

    assertThat(body).hasSize(1558);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)))
        .isEqualTo("826635ce292efc217b7a21661cb73c0176fb5891edd8eba567b2bf5c0bb8ffb8");
  }

  @Test
  void goldenBodyIsAStageChangeWithEverythingInIt() {
    Decoded decoded = decode(Deliveries.GOLDEN);

    assertThat(decoded.claimedAccountId()).isEqualTo("31337001");
    assertThat(decoded.claimedSubdomain()).isEqualTo("acme");
    CrmEvent event = only(Deliveries.GOLDEN);
    assertThat(event.getKind()).isEqualTo(EventKind.LEAD_STAGE_CHANGED);
    assertThat(event.getTenantId()).isEqualTo("acme-gmbh");
    assertThat(event.getAccountId()).isEqualTo("acme");
    assertThat(event.getEntityType()).isEqualTo(EntityType.LEAD);
    assertThat(event.getEntityId()).isEqualTo("20100501");
    assertThat(event.getSubjectType()).isEqualTo(EntityType.LEAD);
    assertThat(event.getSubjectId()).isEqualTo("20100501");
    assertThat(event.getReceivedAt()).isEqualTo(Deliveries.CONTEXT.receivedAt());
    assertThat(event.getOccurredAt()).isEqualTo(1_748_268_669_000L);
    assertThat(event.getWebhookId()).isEqualTo("wh-1");
    assertThat(event.getGatewayId()).isEqualTo("gw-1");
    assertThat(event.getActorId()).isEqualTo("0");
    assertThat(event.getFields())
        .containsOnly(
            entry("id", "20100501"),
            entry("name", "Заявка #1 & co"),
            entry("status_id", "142"),
            entry("price", "999"),
            entry("responsible_user_id", "11002200"),
            entry("last_modified", "1748268669"),
            entry("modified_user_id", "0"),
            entry("created_user_id", "11002200"),
            entry("date_create", "1748268000"),
            entry("pipeline_id", "7300100"),
            entry("account_id", "31337001"),
            entry("created_at", "1748268000"),
            entry("updated_at", "1748268669"));
    assertThat(event.getPrevious()).containsOnly(entry("status_id", "64100200"));
    assertThat(event.getTags()).containsExactly(new Tag("482205", "vip"));
    assertThat(event.getCustomFields())
        .containsExactly(
            new CustomField(
                "575809",
                "PHONE",
                "Phone",
                List.of(new FieldValue("+79991234567", "311321", null))),
            new CustomField(
                "427271", null, "Date", List.of(new FieldValue("1412380800", null, null))));
    assertThat(event.getLinks()).isEmpty();
  }

  @Test
  void createdLead() {
    CrmEvent event =
        only(
            "account[subdomain]=acme&account[id]=31337001&account[_links][self]=https://acme.amocrm.ru"
                + "&leads[add][0][id]=20100501&leads[add][0][name]=Test&leads[add][0][status_id]=64100200"
                + "&leads[add][0][price]=999&leads[add][0][responsible_user_id]=11002200"
                + "&leads[add][0][last_modified]=1748268669&leads[add][0][modified_user_id]=11002200"
                + "&leads[add][0][created_user_id]=11002200&leads[add][0][date_create]=1748268669"
                + "&leads[add][0][pipeline_id]=7300100&leads[add][0][account_id]=31337001"
                + "&leads[add][0][created_at]=1748268669&leads[add][0][updated_at]=1748268669");

    assertThat(event.getKind()).isEqualTo(EventKind.LEAD_CREATED);
    assertThat(event.getActorId()).isEqualTo("11002200");
    assertThat(event.getOccurredAt()).isEqualTo(1_748_268_669_000L);
    assertThat(event.getTags()).isNull();
    assertThat(event.getFields()).hasSize(13).containsEntry("name", "Test");
  }

  @Test
  void digitalPipelineHookHasNoTime() {
    String body =
        "leads[status][0][id]=10500100&leads[status][0][status_id]=54100100"
            + "&leads[status][0][pipeline_id]=6300100&leads[status][0][old_status_id]=54100200"
            + "&leads[status][0][old_pipeline_id]=6300100&account[id]=31337001&account[subdomain]=acme";

    CrmEvent event = only(body);

    assertThat(event.getKind()).isEqualTo(EventKind.LEAD_STAGE_CHANGED);
    assertThat(event.getOccurredAt()).isNull();
    assertThat(event.getActorId()).isNull();
    assertThat(event.getPrevious())
        .containsOnly(entry("status_id", "54100200"), entry("pipeline_id", "6300100"));
  }

  @Test
  void taskNestedTwiceIsClosed() {
    CrmEvent event =
        only(
            "task[update][0][0][id]=11122233&task[update][0][0][element_type]=2"
                + "&task[update][0][0][element_id]=20100501&task[update][0][0][status]=1"
                + "&task[update][0][0][action_close]=1&task[update][0][0][old_text]=Call"
                + "&task[update][0][0][result][id]=77&task[update][0][0][result][text]=ok"
                + "&task[update][0][0][complete_till]=2017-07-22+23%3A59%3A00"
                + "&task[update][0][0][last_modified]=2017-07-22+20%3A00%3A00");

    assertThat(event.getKind()).isEqualTo(EventKind.TASK_COMPLETED);
    assertThat(event.getEntityType()).isEqualTo(EntityType.TASK);
    assertThat(event.getEntityId()).isEqualTo("11122233");
    assertThat(event.getSubjectType()).isEqualTo(EntityType.LEAD);
    assertThat(event.getSubjectId()).isEqualTo("20100501");
    assertThat(event.getLinks()).containsExactly(new EntityRef(EntityType.LEAD, "20100501"));
    assertThat(event.getPrevious()).containsOnly(entry("text", "Call"));
    assertThat(event.getFields())
        .containsEntry("complete_till", "2017-07-22 23:59:00")
        .containsEntry("result.text", "ok");
    assertThat(event.getOccurredAt()).as("dates without a zone are no time").isNull();
  }

  @Test
  void taskOfAContactIsItsOwnSubject() {
    CrmEvent event =
        only(
            "task[add][0][id]=5&task[add][0][element_type]=1&task[add][0][element_id]=42"
                + "&task[add][0][created_user_id]=9&task[add][0][created_at]=1725530000");

    assertThat(event.getKind()).isEqualTo(EventKind.TASK_CREATED);
    assertThat(event.getSubjectType()).isEqualTo(EntityType.TASK);
    assertThat(event.getLinks()).containsExactly(new EntityRef(EntityType.CONTACT, "42"));
    assertThat(event.getOccurredAt()).isEqualTo(1_725_530_000_000L);
    assertThat(event.getActorId()).isEqualTo("9");
  }

  @Test
  void wrappedPictureMessageWithoutText() {
    CrmEvent event =
        only(
            "message[add][0][id]=m1&message[add][0][chat_id]=c1&message[add][0][talk_id]=174"
                + "&message[add][0][contact_id]=42&message[add][0][text]=&message[add][0][type]=incoming"
                + "&message[add][0][origin]=waba&message[add][0][message_type]=picture"
                + "&message[add][0][attachment][type]=picture"
                + "&message[add][0][attachment][link]=https%3A%2F%2Fexample.test%2Fa.jpg"
                + "&message[add][0][created_at]=1725530000");

    assertThat(event.getKind()).isEqualTo(EventKind.MESSAGE_RECEIVED);
    assertThat(event.getSubjectType()).isEqualTo(EntityType.TALK);
    assertThat(event.getSubjectId()).isEqualTo("174");
    assertThat(event.getOccurredAt()).isEqualTo(1_725_530_000_000L);
    assertThat(event.getFields())
        .containsEntry("text", "")
        .containsEntry("attachment.link", "https://example.test/a.jpg");
    assertThat(event.getLinks())
        .containsExactly(
            new EntityRef(EntityType.CONTACT, "42"), new EntityRef(EntityType.TALK, "174"));
  }

  @Test
  void unwrappedMessageIsTheSameAsTheWrappedOne() {
    String fields =
        "[0][id]=m2&%s[0][chat_id]=c1&%s[0][talk_id]=174&%s[0][entity_id]=100"
            + "&%s[0][entity_type]=lead&%s[0][text]=Hola&%s[0][author][type]=external";

    CrmEvent unwrapped = only("add" + fields.replace("%s", "add"));
    CrmEvent wrapped = only("message[add]" + fields.replace("%s", "message[add]"));

    assertThat(unwrapped).isEqualTo(wrapped);
    assertThat(unwrapped.getSubjectType()).isEqualTo(EntityType.LEAD);
    assertThat(unwrapped.getSubjectId()).isEqualTo("100");
    assertThat(unwrapped.getFields()).containsEntry("author.type", "external");
  }

  @Test
  void outgoingMessage() {
    CrmEvent event =
        only(
            "outgoing_message[add][0][id]=6f1c&outgoing_message[add][0][chat_id]=c1"
                + "&outgoing_message[add][0][type]=outgoing&outgoing_message[add][0][text]=Hi"
                + "&outgoing_message[add][0][author][type]=internal"
                + "&outgoing_message[add][0][author][user_id]=11002200"
                + "&outgoing_message[add][0][talk_id]=174&outgoing_message[add][0][contact_id]=42"
                + "&outgoing_message[add][0][recipient][id]=r1"
                + "&outgoing_message[add][0][created_at]=1725530001");

    assertThat(event.getKind()).isEqualTo(EventKind.MESSAGE_SENT);
    assertThat(event.getActorId()).isEqualTo("11002200");
    assertThat(event.getSubjectType()).as("it names no lead").isEqualTo(EntityType.TALK);
    assertThat(event.getSubjectId()).isEqualTo("174");
  }

  @Test
  void twoTopKeysInOneBody() {
    Decoded decoded =
        decode(
            "leads[update][0][id]=1&leads[update][1][id]=2&contacts[update][0][id]=9"
                + "&contacts[update][0][type]=company");

    assertThat(decoded.rejection()).isNull();
    assertThat(decoded.events())
        .extracting(CrmEvent::getKind, CrmEvent::getEntityId)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(EventKind.LEAD_UPDATED, "1"),
            org.assertj.core.groups.Tuple.tuple(EventKind.LEAD_UPDATED, "2"),
            org.assertj.core.groups.Tuple.tuple(EventKind.COMPANY_UPDATED, "9"));
  }

  @Test
  void radioButtonHasValuesWithoutAnIndex() {
    CrmEvent event =
        only(
            "leads[update][0][id]=3&leads[update][0][custom_fields][0][id]=7"
                + "&leads[update][0][custom_fields][0][values][value]=Yes"
                + "&leads[update][0][custom_fields][0][values][enum]=55");

    assertThat(event.getCustomFields())
        .containsExactly(
            new CustomField("7", null, null, List.of(new FieldValue("Yes", "55", null))));
  }

  @Test
  void multiselectCheckboxAndBareValues() {
    CrmEvent event =
        only(
            "leads[update][0][id]=3&leads[update][0][custom_fields][1][id]=8"
                + "&leads[update][0][custom_fields][1][values][0][value]=A"
                + "&leads[update][0][custom_fields][1][values][0][enum]=1"
                + "&leads[update][0][custom_fields][1][values][1][value]=B"
                + "&leads[update][0][custom_fields][1][values][1][enum]=2"
                + "&leads[update][0][custom_fields][4][id]=9"
                + "&leads[update][0][custom_fields][4][values][0]=1"
                + "&leads[update][0][custom_fields][5][id]=10"
                + "&leads[update][0][custom_fields][5][values][0][enum]=12");

    assertThat(event.getCustomFields())
        .containsExactly(
            new CustomField(
                "8",
                null,
                null,
                List.of(new FieldValue("A", "1", null), new FieldValue("B", "2", null))),
            new CustomField("9", null, null, List.of(new FieldValue("1", null, null))),
            new CustomField("10", null, null, List.of(new FieldValue(null, "12", null))));
  }

  @Test
  void deletedLeadAsAnObjectAndAsABareId() {
    CrmEvent object =
        only(
            "leads[delete][0][id]=5&leads[delete][0][status_id]=143&leads[delete][0][pipeline_id]=9");
    CrmEvent scalar = only("leads[delete]=5");
    CrmEvent scalarInList = only("leads[delete][0]=5");

    assertThat(List.of(object, scalar, scalarInList))
        .allSatisfy(
            event -> {
              assertThat(event.getKind()).isEqualTo(EventKind.LEAD_DELETED);
              assertThat(event.getEntityId()).isEqualTo("5");
              assertThat(event.getOccurredAt()).isNull();
            });
    assertThat(object.getFields()).containsEntry("status_id", "143");
  }
}
