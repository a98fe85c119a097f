package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.connectors.crm.Lead;
import io.voronka.connectors.crm.Message;
import io.voronka.connectors.crm.NewNote;
import io.voronka.connectors.crm.NewTask;
import io.voronka.connectors.crm.Note;
import io.voronka.connectors.crm.Talk;
import io.voronka.connectors.crm.Task;
import io.voronka.connectors.crm.Written;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.FieldWrite;
import io.voronka.schemas.Tag;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each operation sends, and what it makes of the answer. */
class KommoClientTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/kommo/acme/api/v4";

  private ClientFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ClientFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void changesTheStage() throws Exception {
    fixture.kommo.answer(200, "{\"_embedded\":{\"leads\":[{\"id\":100,\"updated_at\":1}]}}");

    Written written = ok(fixture.client.changeStage(fixture.account(), "100", "142", "7300100"));

    assertThat(written).isEqualTo(new Written("100", 200));
    sent("PATCH", "/leads/100", "{\"status_id\":142,\"pipeline_id\":7300100}");
    assertThat(fixture.kommo.requests().get(0).token()).isEqualTo("long-lived");
  }

  @Test
  void changesTheStageInsideThePipeline() throws Exception {
    fixture.kommo.answer(200, "{}");

    ok(fixture.client.changeStage(fixture.account(), "100", "142", null));

    sent("PATCH", "/leads/100", "{\"status_id\":142}");
  }

  @Test
  void updatesStandardAndCustomFieldsInOneRequest() throws Exception {
    fixture.kommo.answer(200, "{}");
    List<FieldChange> changes =
        List.of(
            FieldChange.of(
                new FieldWrite("price", null, null, List.of(new FieldValue("1000", null, null)))),
            FieldChange.standard("name", "Заявка"),
            FieldChange.of(
                new FieldWrite(
                    null, "575809", null, List.of(new FieldValue("+79990000000", null, "WORK")))),
            FieldChange.of(
                new FieldWrite(null, null, "UTM_SOURCE", List.of(new FieldValue("x", null, null)))),
            FieldChange.of(
                new FieldWrite(null, "7", null, List.of(new FieldValue(null, "55", null)))),
            FieldChange.custom("8", true),
            FieldChange.of(new FieldWrite(null, "9", null, List.of())),
            FieldChange.of(new FieldWrite("loss_reason_id", null, null, List.of())));

    ok(fixture.client.updateFields(fixture.account(), EntityType.LEAD, "100", changes));

    sent(
        "PATCH",
        "/leads/100",
        "{\"price\":1000,\"name\":\"Заявка\",\"loss_reason_id\":null,\"custom_fields_values\":["
            + "{\"field_id\":575809,\"values\":[{\"value\":\"+79990000000\",\"enum_code\":\"WORK\"}]},"
            + "{\"field_code\":\"UTM_SOURCE\",\"values\":[{\"value\":\"x\"}]},"
            + "{\"field_id\":7,\"values\":[{\"enum_id\":55}]},"
            + "{\"field_id\":8,\"values\":[{\"value\":true}]},"
            + "{\"field_id\":9,\"values\":null}]}");
  }

  @Test
  void createsATask() throws Exception {
    fixture.kommo.answer(200, "{\"_embedded\":{\"tasks\":[{\"id\":555,\"request_id\":\"0\"}]}}");

    Written written =
        ok(
            fixture.client.createTask(
                fixture.account(),
                new NewTask(
                    EntityType.LEAD,
                    "100",
                    "Call back",
                    Instant.ofEpochSecond(1_893_456_000),
                    "1",
                    "11002200")));

    assertThat(written).isEqualTo(new Written("555", 200));
    sent(
        "POST",
        "/tasks",
        "[{\"text\":\"Call back\",\"complete_till\":1893456000,\"entity_id\":100,"
            + "\"entity_type\":\"leads\",\"task_type_id\":1,\"responsible_user_id\":11002200}]");
  }

  @Test
  void addsANote() throws Exception {
    fixture.kommo.answer(200, "{\"_embedded\":{\"notes\":[{\"id\":77}]}}");

    Written written =
        ok(
            fixture.client.addNote(
                fixture.account(), new NewNote(EntityType.CONTACT, "42", "hello")));

    assertThat(written.vendorId()).isEqualTo("77");
    sent(
        "POST",
        "/contacts/42/notes",
        "[{\"note_type\":\"common\",\"params\":{\"text\":\"hello\"}}]");
  }

  @Test
  void addsTags() throws Exception {
    fixture.kommo.answer(200, "{}");

    ok(
        fixture.client.addTags(
            fixture.account(), EntityType.LEAD, "100", List.of("vip", "из сайта")));

    sent("PATCH", "/leads/100", "{\"tags_to_add\":[{\"name\":\"vip\"},{\"name\":\"из сайта\"}]}");
  }

  @Test
  void runsASalesbot() throws Exception {
    fixture.kommo.answer(202, "Accepted");

    Written written =
        ok(fixture.client.runSalesbot(fixture.account(), "12", EntityType.LEAD, "100"));

    assertThat(written).isEqualTo(new Written(null, 202));
    sent("POST", "/bots/12/run", "{\"entity_id\":100,\"entity_type\":\"leads\"}");
  }

  @Test
  void sendsAMessage() throws Exception {
    fixture.kommo.answer(202, "{\"id\":\"6f1c\"}");

    Written written = ok(fixture.client.sendMessage(fixture.account(), "174", "Hola"));

    assertThat(written).isEqualTo(new Written("6f1c", 202));
    sent("POST", "/talks/174/send_message", "{\"text\":\"Hola\"}");
  }

  @Test
  void readsALead() throws Exception {
    fixture.kommo.answer(
        200,
        "{\"id\":100,\"name\":\"Test\",\"status_id\":142,\"pipeline_id\":9,\"price\":5,"
            + "\"loss_reason_id\":null,\"updated_at\":1748268669,\"custom_fields_values\":["
            + "{\"field_id\":7,\"field_name\":\"Choice\",\"field_code\":null,\"values\":[{\"value\":\"Yes\","
            + "\"enum_id\":55,\"enum_code\":null}]}],\"_embedded\":{\"tags\":[{\"id\":1,\"name\":\"vip\"}],"
            + "\"contacts\":[{\"id\":41,\"is_main\":false},{\"id\":42,\"is_main\":true}]}}");

    Lead lead = ok(fixture.client.readLead(fixture.account(), "100"));

    assertThat(lead.id()).isEqualTo("100");
    assertThat(lead.statusId()).isEqualTo("142");
    assertThat(lead.pipelineId()).isEqualTo("9");
    assertThat(lead.fields()).containsEntry("price", "5").doesNotContainKey("loss_reason_id");
    assertThat(lead.customFields())
        .containsExactly(
            new CustomField("7", null, "Choice", List.of(new FieldValue("Yes", "55", null))));
    assertThat(lead.tags()).containsExactly(new Tag("1", "vip"));
    assertThat(lead.contactIds()).containsExactly("42", "41");
    assertThat(lead.updatedAt()).isEqualTo(Instant.ofEpochSecond(1_748_268_669));
    sent("GET", "/leads/100?with=contacts", "");
  }

  @Test
  void missingLeadIsAnEmptyAnswer() throws Exception {
    fixture.kommo.answer(204, "");

    CrmReply<Lead> reply = await(fixture.client.readLead(fixture.account(), "100"));

    assertThat(reply.failure().kind()).isEqualTo(CrmFailure.Kind.NOT_FOUND);
  }

  @Test
  void readsTasksNotesMessagesAndTalks() throws Exception {
    fixture.kommo.answer(
        200,
        "{\"_embedded\":{\"tasks\":[{\"id\":5,\"text\":\"Call\",\"complete_till\":1893456000,"
            + "\"is_completed\":true,\"task_type_id\":1,\"responsible_user_id\":9,\"created_by\":3,\"created_at\":1748268669}],"
            + "\"notes\":[{\"id\":6,\"note_type\":\"common\",\"params\":{\"text\":\"hello\"},\"created_at\":1748268669},"
            + "{\"id\":7,\"note_type\":\"call_in\",\"params\":[]}],"
            + "\"messages\":[{\"id\":\"m\",\"text\":\"Hola\",\"type\":\"outgoing\",\"created_at\":1748268669}],"
            + "\"talks\":[{\"talk_id\":174,\"contact_id\":42,\"entity_id\":100,\"entity_type\":\"lead\",\"is_in_work\":true,"
            + "\"updated_at\":1748268669}]}}");
    Instant created = Instant.ofEpochSecond(1_748_268_669);

    assertThat(ok(fixture.client.readTasks(fixture.account(), EntityType.LEAD, "100")))
        .containsExactly(
            new Task(
                "5", "Call", Instant.ofEpochSecond(1_893_456_000), true, "1", "9", "3", created));
    assertThat(ok(fixture.client.readNotes(fixture.account(), EntityType.LEAD, "100")))
        .containsExactly(
            new Note("7", "call_in", null, null, null),
            new Note("6", "common", "hello", null, created));
    assertThat(ok(fixture.client.readMessages(fixture.account(), "174", created)))
        .containsExactly(new Message("m", "Hola", true, created));
    Talk talk = new Talk("174", "42", "100", true, null, created);
    assertThat(ok(fixture.client.readTalks(fixture.account(), "42", true))).containsExactly(talk);
    assertThat(ok(fixture.client.readTalks(fixture.account(), "42", false))).containsExactly(talk);
    assertThat(fixture.kommo.requests())
        .extracting(FakeKommo.Request::call)
        .containsExactly(
            "GET "
                + API
                + "/tasks?filter%5Bentity_type%5D=leads&filter%5Bentity_id%5D%5B%5D=100"
                + "&order%5Bid%5D=desc&limit=250",
            "GET " + API + "/leads/100/notes?order%5Bid%5D=desc&limit=250",
            "GET "
                + API
                + "/talks/174/messages?limit=250&filter%5Bcreated_at%5D%5Bfrom%5D=1748268669",
            "GET "
                + API
                + "/talks?filter%5Bcontact_id%5D%5B%5D=42&filter%5Bonly_in_work%5D=1&limit=250",
            "GET " + API + "/talks?filter%5Bcontact_id%5D%5B%5D=42&limit=250");
  }

  @Test
  void readsTasksAndNotesOfContactsToo() throws Exception {
    fixture.kommo.answer(204, "");

    ok(fixture.client.readTasks(fixture.account(), EntityType.CONTACT, "42"));
    ok(fixture.client.readNotes(fixture.account(), EntityType.COMPANY, "43"));

    assertThat(fixture.kommo.requests())
        .extracting(FakeKommo.Request::call)
        .containsExactly(
            "GET "
                + API
                + "/tasks?filter%5Bentity_type%5D=contacts&filter%5Bentity_id%5D%5B%5D=42"
                + "&order%5Bid%5D=desc&limit=250",
            "GET " + API + "/companies/43/notes?order%5Bid%5D=desc&limit=250");
  }

  @Test
  void emptyListIsAnEmptyAnswer() throws Exception {
    fixture.kommo.answer(204, "");

    assertThat(ok(fixture.client.readTasks(fixture.account(), EntityType.LEAD, "100"))).isEmpty();
  }

  @Test
  void impossibleRequestsAreRefusedUnsent() throws Exception {
    assertRefused(fixture.client.changeStage(fixture.account(), "1/../2", "142", null));
    assertRefused(fixture.client.changeStage(fixture.account(), "1", "won", null));
    assertRefused(fixture.client.readLead(fixture.account(), ""));
    assertRefused(fixture.client.sendMessage(fixture.account(), "174", " "));
    assertRefused(fixture.client.addTags(fixture.account(), EntityType.TASK, "1", List.of("a")));
    assertRefused(fixture.client.addTags(fixture.account(), EntityType.LEAD, "1", List.of()));
    assertRefused(
        fixture.client.updateFields(
            fixture.account(),
            EntityType.LEAD,
            "1",
            List.of(FieldChange.standard("_embedded", "x"))));
    assertRefused(
        fixture.client.updateFields(
            fixture.account(), EntityType.LEAD, "1", List.of(FieldChange.standard("price", "x"))));
    assertThat(fixture.kommo.requests()).isEmpty();
  }

  private static void assertRefused(CompletableFuture<? extends CrmReply<?>> reply)
      throws Exception {
    CrmFailure failure = reply.get().failure();
    assertThat(failure.kind()).isEqualTo(CrmFailure.Kind.INVALID);
    assertThat(failure.mayHaveHappened()).isFalse();
  }

  private static <T> T ok(CompletableFuture<CrmReply<T>> reply) throws Exception {
    return await(reply).value();
  }

  private void sent(String method, String path, String body) throws IOException {
    assertThat(fixture.kommo.requests()).hasSize(1);
    FakeKommo.Request request = fixture.kommo.requests().get(0);
    assertThat(request.call()).isEqualTo(method + ' ' + API + path);
    assertThat(JSON.readTree(request.body())).isEqualTo(JSON.readTree(body));
  }
}
