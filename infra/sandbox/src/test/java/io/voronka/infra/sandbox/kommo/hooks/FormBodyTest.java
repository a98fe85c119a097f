package io.voronka.infra.sandbox.kommo.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.kommo.access.Secrets;
import io.voronka.infra.sandbox.kommo.model.AccountCard;
import io.voronka.infra.sandbox.kommo.model.ChatMessage;
import io.voronka.infra.sandbox.kommo.model.Contact;
import io.voronka.infra.sandbox.kommo.model.CustomField;
import io.voronka.infra.sandbox.kommo.model.FieldOption;
import io.voronka.infra.sandbox.kommo.model.FieldValue;
import io.voronka.infra.sandbox.kommo.model.FilledField;
import io.voronka.infra.sandbox.kommo.model.Lead;
import io.voronka.infra.sandbox.kommo.model.Limits;
import io.voronka.infra.sandbox.kommo.model.Note;
import io.voronka.infra.sandbox.kommo.model.Tag;
import io.voronka.infra.sandbox.kommo.model.Talk;
import io.voronka.infra.sandbox.kommo.model.Task;
import io.voronka.infra.sandbox.kommo.state.Changes;
import io.voronka.infra.sandbox.kommo.state.KommoAccount;
import io.voronka.infra.sandbox.web.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormBodyTest {
  private final KommoAccount account =
      new KommoAccount(
          new AccountCard(
              31337001,
              "acme",
              "Acme",
              "kommo.com",
              true,
              0,
              499,
              true,
              Limits.standard(),
              null,
              null,
              List.of(
                  new CustomField(
                      575809,
                      "leads",
                      "Phone",
                      "PHONE",
                      "multitext",
                      List.of(new FieldOption(311321, "WORK", 1, "WORK"))),
                  new CustomField(427271, "leads", "Date", null, "date", null),
                  new CustomField(7, "leads", "Size", null, "radiobutton", null),
                  new CustomField(8, "leads", "Ready", null, "checkbox", null),
                  new CustomField(9, "leads", "Gone", null, "text", null),
                  new CustomField(10, "leads", "Born", null, "birthday", null)),
              null,
              null,
              null));

  @Test
  void aStatusHookIsByteForByteTheDocumentedBody() {
    Lead before = lead("Заявка #1 & co", 64100200, List.of(), List.of());
    Lead after =
        lead(
            "Заявка #1 & co",
            142,
            List.of(
                new FilledField(575809, List.of(new FieldValue("+79991234567", 311321L, "WORK"))),
                new FilledField(427271, List.of(new FieldValue("1412380800", null, null)))),
            List.of(new Tag(482205, "vip")));

    String body = FormBody.accountHook(account, List.of(LeadSignals.moved(account, before, after)));

    assertThat(body).hasSize(1558);
    assertThat(Secrets.hash(body))
        .isEqualTo("826635ce292efc217b7a21661cb73c0176fb5891edd8eba567b2bf5c0bb8ffb8");
  }

  @Test
  void aPipelineHookHasItsAccountLastAndNothingMore() {
    assertThat(
            decoded(
                FormBody.pipelineHook(account, new Changes.StageEntry(5, 63, 541, 63, 542, false))))
        .isEqualTo(
            "leads[status][0][id]=5&leads[status][0][status_id]=541"
                + "&leads[status][0][pipeline_id]=63&leads[status][0][old_status_id]=542"
                + "&leads[status][0][old_pipeline_id]=63&account[id]=31337001"
                + "&account[subdomain]=acme");
    assertThat(
            decoded(FormBody.pipelineHook(account, new Changes.StageEntry(5, 63, 541, 0, 0, true))))
        .startsWith("leads[add][0][id]=5&leads[add][0][status_id]=541")
        .doesNotContain("old_");
  }

  @Test
  void entitiesOfOneKindAreNumberedAndKindsMayShareABody() {
    Lead lead = lead("a", 1, List.of(), List.of());
    Contact company =
        new Contact(9, "Firm", true, 1, 1, 1, 10, 11, List.of(), List.of(), List.of(5L));

    String body =
        decoded(
            FormBody.accountHook(
                account,
                List.of(
                    LeadSignals.updated(account, lead, lead),
                    LeadSignals.updated(account, lead, lead),
                    ContactSignals.added(account, company))));

    assertThat(body)
        .startsWith(
            "account[subdomain]=acme&account[id]=31337001"
                + "&account[_links][self]=https://acme.kommo.com&leads[update][0][id]=")
        .contains("&leads[update][1][id]=")
        .contains("&contacts[add][0][id]=9")
        .contains("&contacts[add][0][linked_leads_id][5][ID]=5")
        .endsWith("&contacts[add][0][type]=company");
  }

  @Test
  void valuesTakeTheShapeOfTheirType() {
    Lead lead =
        lead(
            "a*~",
            1,
            List.of(
                new FilledField(7, List.of(new FieldValue("Yes", 55L, null))),
                new FilledField(8, List.of(new FieldValue("true", null, null))),
                new FilledField(10, List.of(new FieldValue("316472400", null, null)))),
            List.of());

    String raw = FormBody.accountHook(account, List.of(LeadSignals.added(account, lead)));

    assertThat(raw).contains("=a%2A%7E&");
    assertThat(decoded(raw))
        .contains("[custom_fields][0][values][value]=Yes")
        .contains("[custom_fields][0][values][enum]=55")
        .contains("[custom_fields][1][values][0][value]=1")
        .contains("[custom_fields][2][values][0][value]=12.01.1980")
        .doesNotContain("Gone");
  }

  @Test
  void taskDatesAreTextAndClosingIsTold() {
    Task open = task(false, "Call");
    Task closed = task(true, "Call them");

    String body =
        decoded(FormBody.accountHook(account, List.of(TaskSignals.updated(account, open, closed))));

    assertThat(body)
        .contains("task[update][0][complete_till]=2017-07-22 23:59:00")
        .contains("task[update][0][complete_before]=1500767940")
        .contains("task[update][0][element_type]=2")
        .contains("task[update][0][status]=1")
        .contains("task[update][0][action_close]=1")
        .contains("task[update][0][old_text]=Call");
  }

  @Test
  void aCallIsANoteWhoseTextIsJson() {
    ObjectNode call = Json.object().put("uniq", "u1").put("duration", 60).put("phone", "+1");
    Note note = new Note(3, "leads", 5, "call_in", call.put("call_status", 4), 1, 1, 1, 10, 10);

    String body = decoded(FormBody.accountHook(account, List.of(NoteSignals.added(account, note))));

    assertThat(body)
        .contains("leads[note][0][note][note_type]=10")
        .contains(
            "[text]={\"UNIQ\":\"u1\",\"DURATION\":60,\"PHONE\":\"+1\",\"call_status\":\"4\"}&");
  }

  @Test
  void aMessageCanComeUnwrapped() {
    Talk talk = new Talk(174, "c1", 42, 100, "waba", 10, 10, true, true);
    ChatMessage message =
        new ChatMessage(
            "m1",
            1,
            174,
            true,
            "",
            "picture",
            "external",
            "x",
            "Ann",
            0,
            false,
            20,
            "picture",
            "https://example.test/a.jpg",
            "a.jpg",
            null);

    String wrapped =
        decoded(FormBody.accountHook(account, List.of(TalkSignals.received(talk, message, false))));
    String unwrapped =
        decoded(FormBody.accountHook(account, List.of(TalkSignals.received(talk, message, true))));

    assertThat(wrapped)
        .contains("message[add][0][id]=m1")
        .contains("message[add][0][text]=&")
        .contains("message[add][0][attachment][link]=https://example.test/a.jpg");
    assertThat(unwrapped).contains("&add[0][id]=m1").doesNotContain("message[");
  }

  private static Lead lead(String name, long stage, List<FilledField> fields, List<Tag> tags) {
    return new Lead(
        20100501,
        name,
        999,
        11002200,
        stage,
        7300100,
        null,
        11002200,
        0,
        1748268000,
        1748268669,
        null,
        false,
        fields,
        tags,
        List.of());
  }

  private static Task task(boolean completed, String text) {
    return new Task(
        1, text, 1500767940, "leads", 5, 1, 11002200, 0, 1, 1, 10, 20, completed, null, false);
  }

  private static String decoded(String body) {
    return URLDecoder.decode(body, StandardCharsets.UTF_8);
  }
}
