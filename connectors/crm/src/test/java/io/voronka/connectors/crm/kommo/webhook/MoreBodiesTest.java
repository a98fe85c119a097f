package io.voronka.connectors.crm.kommo.webhook;

import static io.voronka.connectors.crm.kommo.webhook.Deliveries.decode;
import static io.voronka.connectors.crm.kommo.webhook.Deliveries.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoreBodiesTest {

  @ParameterizedTest
  @CsvSource({
    "leads[add],LEAD_CREATED",
    "leads[update],LEAD_UPDATED",
    "leads[delete],LEAD_DELETED",
    "leads[restore],LEAD_RESTORED",
    "leads[status],LEAD_STAGE_CHANGED",
    "leads[responsible],LEAD_RESPONSIBLE_CHANGED",
    "leads[note],NOTE_ADDED",
    "leads[call_in],CALL_TRIGGERED",
    "leads[chat],CHAT_STARTED",
    "leads[site_visit],SITE_VISITED",
    "leads[mail_in],MAIL_RECEIVED",
    "contacts[add],CONTACT_CREATED",
    "contacts[update],CONTACT_UPDATED",
    "contacts[delete],CONTACT_DELETED",
    "contacts[restore],CONTACT_RESTORED",
    "contacts[responsible],CONTACT_RESPONSIBLE_CHANGED",
    "contacts[note],NOTE_ADDED",
    "customers[add],CUSTOMER_CREATED",
    "customers[update],CUSTOMER_UPDATED",
    "customers[delete],CUSTOMER_DELETED",
    "customers[responsible],CUSTOMER_RESPONSIBLE_CHANGED",
    "customers[period],CUSTOMER_PERIOD_CHANGED",
    "customers[note],NOTE_ADDED",
    "task[add],TASK_CREATED",
    "task[update],TASK_UPDATED",
    "task[delete],TASK_DELETED",
    "catalogs[add],CATALOG_ITEM_CREATED",
    "catalogs[update],CATALOG_ITEM_UPDATED",
    "catalogs[delete],CATALOG_ITEM_DELETED",
    "message[add],MESSAGE_RECEIVED",
    "outgoing_message[add],MESSAGE_SENT",
    "talk[add],TALK_OPENED",
    "talk[update],TALK_UPDATED"
  })
  void everyTopKeyAndActionGivesItsKind(String prefix, EventKind kind) {
    CrmEvent event = only(prefix + "[0][id]=5&" + prefix + "[0][updated_at]=1725530000");

    assertThat(event.getKind()).isEqualTo(kind);
    assertThat(event.getEntityId()).isEqualTo("5");
  }

  @Test
  void companiesDifferFromContactsByType() {
    for (String action : List.of("add", "update", "delete", "restore", "responsible")) {
      CrmEvent event =
          only("contacts[" + action + "][0][id]=5&contacts[" + action + "][0][type]=company");
      assertThat(event.getEntityType()).isEqualTo(EntityType.COMPANY);
      assertThat(event.getKind().name()).startsWith("COMPANY_");
    }
  }

  @Test
  void contactUpdateWithAnOldResponsibleUserIsAChangeOfResponsibility() {
    CrmEvent event =
        only(
            "contacts[update][0][id]=42&contacts[update][0][type]=contact"
                + "&contacts[update][0][responsible_user_id]=2"
                + "&contacts[update][0][old_responsible_user_id]=1"
                + "&contacts[update][0][linked_leads_id][100][ID]=100"
                + "&contacts[update][0][linked_leads_id][101][ID]=101"
                + "&contacts[update][0][linked_company_id]=77");

    assertThat(event.getKind()).isEqualTo(EventKind.CONTACT_RESPONSIBLE_CHANGED);
    assertThat(event.getPrevious()).containsEntry("responsible_user_id", "1");
    assertThat(event.getLinks())
        .containsExactly(
            new EntityRef(EntityType.COMPANY, "77"),
            new EntityRef(EntityType.LEAD, "100"),
            new EntityRef(EntityType.LEAD, "101"));
  }

  @Test
  void callNoteNestedAndFlatWithUpperAndLowerCaseDetails() {
    String text =
        "%7B%22UNIQ%22%3A%22u1%22%2C%22PHONE%22%3A%22%2B79990000000%22%2C%22DURATION%22%3A123"
            + "%2C%22SRC%22%3A%22pbx%22%2C%22call_status%22%3A%224%22%7D";
    CrmEvent nested =
        only(
            "leads[note][0][note][id]=900&leads[note][0][note][note_type]=10"
                + "&leads[note][0][note][element_type]=2&leads[note][0][note][element_id]=100"
                + "&leads[note][0][note][created_by]=7&leads[note][0][note][text]="
                + text
                + "&leads[note][0][note][updated_at]=1725530000");
    CrmEvent flat =
        only(
            "leads[note][0][id]=901&leads[note][0][note_type]=11&leads[note][0][element_id]=100"
                + "&leads[note][0][text]="
                + text.toLowerCase(java.util.Locale.ROOT).replace("%7b", "%7B"));

    assertThat(nested.getKind()).isEqualTo(EventKind.CALL_RECEIVED);
    assertThat(nested.getEntityType()).isEqualTo(EntityType.NOTE);
    assertThat(nested.getSubjectId()).isEqualTo("100");
    assertThat(nested.getActorId()).isEqualTo("7");
    assertThat(nested.getFields())
        .containsEntry("call.uniq", "u1")
        .containsEntry("call.phone", "+79990000000")
        .containsEntry("call.duration", "123")
        .containsEntry("call.source", "pbx")
        .containsEntry("call.status", "4");
    assertThat(flat.getKind()).isEqualTo(EventKind.CALL_MADE);
    assertThat(flat.getSubjectType()).isEqualTo(EntityType.LEAD);
    assertThat(flat.getFields()).containsEntry("call.duration", "123");
  }

  @Test
  void brokenCallDetailsAreNamedAndTheCallIsKept() {
    Decoded decoded =
        decode("leads[note][3][id]=901&leads[note][3][note_type]=10&leads[note][3][text]={oops");

    assertThat(decoded.events())
        .extracting(CrmEvent::getKind)
        .containsExactly(EventKind.CALL_RECEIVED);
    assertThat(decoded.notUnderstood())
        .containsExactly(
            new NotUnderstood(NotUnderstood.Reason.BROKEN_CALL_DETAILS, "leads[note][3][text]"));
  }

  @Test
  void noteOfACompanyTakesTheTypeBesideIt() {
    CrmEvent event =
        only(
            "contacts[note][0][note][id]=5&contacts[note][0][note][note_type]=4"
                + "&contacts[note][0][note][element_id]=77&contacts[note][0][type]=company");

    assertThat(event.getSubjectType()).isEqualTo(EntityType.NOTE);
    assertThat(event.getLinks()).containsExactly(new EntityRef(EntityType.COMPANY, "77"));
  }

  @Test
  void incomingLeadIsAddedUpdatedAcceptedAndDeclined() {
    CrmEvent added =
        only(
            "unsorted[add][0][uid]=ab12&unsorted[add][0][category]=forms"
                + "&unsorted[add][0][source_data][form_id]=1"
                + "&unsorted[add][0][source_data][origin][ip]=127.0.0.1"
                + "&unsorted[add][0][data][contacts][0][name]=%D0%90%D0%BD%D0%BD%D0%B0"
                + "&unsorted[add][0][created_at]=1725530000");
    CrmEvent updated =
        only("unsorted[update][0][uid]=ab12&unsorted[update][0][data][leads][0][id]=100");
    CrmEvent accepted =
        only(
            "unsorted[delete][0][action]=accept&unsorted[delete][0][uid]=ab12"
                + "&unsorted[delete][0][accept_result][leads][0]=100"
                + "&unsorted[delete][0][accept_result][contacts][0]=42"
                + "&unsorted[delete][0][modified_user_id]=9");
    CrmEvent declined =
        only("unsorted[delete][0][uid]=ab12&unsorted[delete][0][decline_result][leads][0]=100");

    assertThat(added.getKind()).isEqualTo(EventKind.INCOMING_LEAD_ADDED);
    assertThat(added.getSubjectType()).isEqualTo(EntityType.INCOMING_LEAD);
    assertThat(added.getFields())
        .containsEntry("source_data.origin.ip", "127.0.0.1")
        .containsEntry("data.contacts.0.name", "Анна");
    assertThat(updated.getKind()).isEqualTo(EventKind.INCOMING_LEAD_UPDATED);
    assertThat(updated.getSubjectId()).isEqualTo("100");
    assertThat(accepted.getKind()).isEqualTo(EventKind.INCOMING_LEAD_ACCEPTED);
    assertThat(accepted.getSubjectType()).isEqualTo(EntityType.LEAD);
    assertThat(accepted.getLinks())
        .containsExactly(
            new EntityRef(EntityType.LEAD, "100"), new EntityRef(EntityType.CONTACT, "42"));
    assertThat(declined.getKind()).isEqualTo(EventKind.INCOMING_LEAD_DECLINED);
  }

  @Test
  void talkBelongsToItsLead() {
    CrmEvent event =
        only(
            "talk[update][0][talk_id]=174&talk[update][0][updated_at]=1725530000"
                + "&talk[update][0][entity_id]=100&talk[update][0][entity_type]=lead"
                + "&talk[update][0][contact_id]=42&talk[update][0][is_in_work]=0");

    assertThat(event.getEntityId()).isEqualTo("174");
    assertThat(event.getSubjectType()).isEqualTo(EntityType.LEAD);
    assertThat(event.getSubjectId()).isEqualTo("100");
    assertThat(event.getLinks())
        .containsExactly(
            new EntityRef(EntityType.LEAD, "100"), new EntityRef(EntityType.CONTACT, "42"));
  }

  @Test
  void templateReviewComesUnwrapped() {
    CrmEvent event =
        only(
            "add[0][id]=15&add[0][type]=waba&add[0][name]=hello&add[0][updated_at]=1725530000"
                + "&add[0][reviews][0][status]=approved");

    assertThat(event.getKind()).isEqualTo(EventKind.TEMPLATE_REVIEWED);
    assertThat(event.getEntityType()).isEqualTo(EntityType.TEMPLATE);
    assertThat(event.getFields()).containsEntry("reviews.0.status", "approved");
  }

  @Test
  void triggerOfAnIntegrationAsAFormAndAsJson() {
    CrmEvent form =
        only(
            "event[type]=14&event[type_code]=lead_status_changed&event[data][id]=100"
                + "&event[data][element_type]=2&event[data][status_id]=142"
                + "&event[data][pipeline_id]=9&event[time]=1725530000"
                + "&action[settings][widget][settings][note]=x&subdomain=acme&account_id=31337001");
    CrmEvent json =
        only(
            "{\"event\":{\"type\":14,\"type_code\":\"lead_status_changed\",\"data\":{\"id\":100,"
                + "\"element_type\":2,\"status_id\":142,\"pipeline_id\":9},\"time\":1725530000},"
                + "\"action\":{\"settings\":{\"on\":true}},\"subdomain\":\"acme\",\"account_id\":31337001}");

    assertThat(form).isEqualTo(json);
    assertThat(form.getKind()).isEqualTo(EventKind.LEAD_STAGE_CHANGED);
    assertThat(form.getEntityType()).isEqualTo(EntityType.LEAD);
    assertThat(form.getOccurredAt()).isEqualTo(1_725_530_000_000L);
    assertThat(form.getFields())
        .containsEntry("status_id", "142")
        .containsEntry("trigger.type_code", "lead_status_changed");
  }

  @Test
  void strayCharsetIsReadValueByValue() {
    byte[] head = "leads[add][0][id]=1&leads[add][0][name]=".getBytes(StandardCharsets.US_ASCII);
    byte[] stray = "Заявка".getBytes(Charset.forName("windows-1251"));
    byte[] tail =
        "&leads[add][1][id]=2&leads[add][1][name]=%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B0"
            .getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[head.length + stray.length + tail.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(stray, 0, body, head.length, stray.length);
    System.arraycopy(tail, 0, body, head.length + stray.length, tail.length);

    assertThat(decode(body).events())
        .extracting(event -> event.getFields().get("name"))
        .containsExactly("Заявка", "Заявка");
    assertThat(only("leads[add][0][id]=1&leads[add][0][name]=%C7%E0%FF%E2%EA%E0").getFields())
        .containsEntry("name", "Заявка");
  }

  @Test
  void declaredCharsetIsUsedForWhatIsNotUtf8() {
    Decoded decoded =
        new KommoWebhookDecoder()
            .decode(
                Deliveries.CONTEXT,
                "leads[add][0][id]=1&leads[add][0][name]=%FA%C1%D1%D7%CB%C1"
                    .getBytes(StandardCharsets.US_ASCII),
                "application/x-www-form-urlencoded; charset=\"KOI8-R\"");

    assertThat(decoded.events().get(0).getFields()).containsEntry("name", "Заявка");
  }

  @Test
  void utf8CutInsideALetterStaysUtf8() {
    CrmEvent event = only("leads[add][0][id]=1&leads[add][0][name]=%D0%97%D0%B0%D1");

    assertThat(event.getFields()).containsEntry("name", "За\uFFFD");
  }
}
