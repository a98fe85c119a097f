package io.voronka.infra.sandbox.kommo.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.testing.SandboxWorld.Answer;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks, notes, contacts, talks, bots, webhooks. */
class WorkApiTest {
  @TempDir Path data;
  private SandboxWorld world;
  private long lead;

  @BeforeEach
  void open() throws IOException {
    world = SandboxWorld.open(data);
    lead = world.lead();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aTaskIsMadeFoundAndClosed() throws IOException {
    Answer made =
        world.call(
            "POST",
            "/api/v4/tasks",
            "[{\"text\":\"Call back\",\"complete_till\":1893456000,\"entity_id\":"
                + lead
                + ",\"entity_type\":\"leads\",\"task_type_id\":1,\"request_id\":\"r1\"}]");

    assertThat(made.status()).isEqualTo(200);
    assertThat(made.json().at("/_embedded/tasks/0/request_id").asText()).isEqualTo("r1");
    long task = made.json().at("/_embedded/tasks/0/id").asLong();
    String filter = "/api/v4/tasks?filter[entity_type]=leads&filter[entity_id][]=" + lead;
    JsonNode found = world.call("GET", filter, null).json();
    assertThat(found.at("/_embedded/tasks/0/text").asText()).isEqualTo("Call back");
    assertThat(found.at("/_embedded/tasks/0/is_completed").asBoolean()).isFalse();
    Answer closed =
        world.call(
            "PATCH",
            "/api/v4/tasks/" + task,
            "{\"is_completed\":true,\"result\":{\"text\":\"ok\"}}");
    assertThat(closed.status()).isEqualTo(200);
    assertThat(world.call("GET", filter + "&filter[is_completed]=0", null).status()).isEqualTo(204);
    assertThat(world.client().ledger(0).lines())
        .extracting(l -> l.kind())
        .containsExactly("create_task", "close_task");
  }

  @Test
  void sendingTheSameTaskTwiceMakesTwo() throws IOException {
    String body =
        "[{\"text\":\"Call\",\"complete_till\":1893456000,\"entity_id\":"
            + lead
            + ",\"entity_type\":\"leads\",\"request_id\":\"same\"}]";
    world.call("POST", "/api/v4/tasks", body);
    world.call("POST", "/api/v4/tasks", body);

    assertThat(world.kommo().lead(lead).path("tasks")).hasSize(2);
  }

  @Test
  void ifOneOfSeveralTasksIsGoneNoneIsChanged() throws IOException {
    long stays = task("stays");
    long gone = task("gone");
    world.kommo().act(KommoClient.action("delete_task").put("id", gone), null);

    Answer answer =
        world.call(
            "PATCH",
            "/api/v4/tasks",
            "[{\"id\":%d,\"text\":\"new\"},{\"id\":%d,\"text\":\"new\"}]".formatted(stays, gone));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/validation-errors/0/request_id").asText()).isEqualTo("1");
    assertThat(world.call("GET", "/api/v4/tasks/" + stays, null).json().at("/text").asText())
        .isEqualTo("stays");
  }

  private long task(String text) throws IOException {
    return world
        .call(
            "POST",
            "/api/v4/tasks",
            "[{\"text\":\"%s\",\"complete_till\":1893456000,\"entity_id\":%d}]"
                .formatted(text, lead))
        .json()
        .at("/_embedded/tasks/0/id")
        .asLong();
  }

  @Test
  void aTaskNeedsTextAndTime() throws IOException {
    Answer answer = world.call("POST", "/api/v4/tasks", "[{\"entity_type\":\"leads\"}]");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/validation-errors/0/errors")).hasSize(2);
    assertThat(answer.json().toString()).contains("FieldMissing", "complete_till");
  }

  @Test
  void notesComeInBothForms() throws IOException {
    String note = "\"note_type\":\"common\",\"params\":{\"text\":\"hello\"}";
    Answer first =
        world.call("POST", "/api/v4/leads/notes", "[{\"entity_id\":" + lead + "," + note + "}]");
    Answer second = world.call("POST", "/api/v4/leads/" + lead + "/notes", "[{" + note + "}]");

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.json().at("/_embedded/notes/0/entity_id").asLong()).isEqualTo(lead);
    JsonNode list = world.call("GET", "/api/v4/leads/" + lead + "/notes", null).json();
    assertThat(list.at("/_embedded/notes")).hasSize(2);
    assertThat(list.at("/_embedded/notes/0/params/text").asText()).isEqualTo("hello");
    Answer lost = world.call("POST", "/api/v4/leads/notes", "[{\"entity_id\":1," + note + "}]");
    assertThat(lost.status()).isEqualTo(400);
  }

  @Test
  void contactsAndCompaniesAreApart() throws IOException {
    long contact =
        world
            .call(
                "POST",
                "/api/v4/contacts",
                "[{\"name\":\"Ann Bell\",\"custom_fields_values\":[{\"field_code\":\"PHONE\","
                    + "\"values\":[{\"value\":\"+1\",\"enum_code\":\"WORK\"}]}]}]")
            .json()
            .at("/_embedded/contacts/0/id")
            .asLong();

    JsonNode shown = world.call("GET", "/api/v4/contacts/" + contact, null).json();
    assertThat(shown.path("first_name").asText()).isEqualTo("Ann");
    assertThat(world.call("GET", "/api/v4/companies/" + contact, null).status()).isEqualTo(204);
    assertThat(world.call("PATCH", "/api/v4/contacts/" + contact, "{\"name\":\"Eve\"}").status())
        .isEqualTo(200);
  }

  @Test
  void aMessageGoesIntoAnOpenTalk() throws IOException {
    long talk = world.kommo().openTalk(lead);
    String path = "/api/v4/talks/" + talk;

    Answer sent = world.call("POST", path + "/send_message", "{\"text\":\"Hi\"}");

    assertThat(sent.status()).isEqualTo(202);
    String id = sent.json().path("id").asText();
    assertThat(id).hasSize(36);
    JsonNode messages = world.call("GET", path + "/messages?limit=250", null).json();
    assertThat(messages.at("/_embedded/messages/0/id").asText()).isEqualTo(id);
    assertThat(messages.at("/_embedded/messages/0/text").asText()).isEqualTo("Hi");
    assertThat(world.call("POST", path + "/send_message", "{}").status()).isEqualTo(400);
    assertThat(world.call("POST", path + "/close", "{\"force_close\":true}").status())
        .isEqualTo(202);
    Answer closed = world.call("POST", path + "/send_message", "{\"text\":\"Hi\"}");
    assertThat(closed.status()).isEqualTo(422);
    assertThat(closed.json().path("detail").asText()).isEqualTo("Talk is closed");
    assertThat(world.call("POST", "/api/v4/talks/1/send_message", "{\"text\":\"a\"}").status())
        .isEqualTo(404);
  }

  @Test
  void chatHasAQuotaATariffAndAScope() throws IOException {
    String path = "/api/v4/talks/" + world.kommo().openTalk(lead) + "/send_message";

    world.kommo().change(Json.object().put("chat_quota", 1));
    assertThat(world.call("POST", path, "{\"text\":\"1\"}").status()).isEqualTo(202);
    Answer over = world.call("POST", path, "{\"text\":\"2\"}");
    assertThat(over.status()).isEqualTo(402);
    assertThat(over.json().path("detail").asText()).isEqualTo("Over chat API limit");

    world.kommo().change(Json.object().put("chat_quota", -1));
    assertThat(world.call("POST", path, "{\"text\":\"3\"}").json().path("detail").asText())
        .isEqualTo("Endpoint not available for current account tariff");

    var card = world.kommo().show().path("account").deepCopy();
    ((com.fasterxml.jackson.databind.node.ObjectNode) card.at("/integrations/0"))
        .putArray("scopes")
        .add("crm");
    world
        .kommo()
        .change(Json.object().put("chat_quota", 10).set("integrations", card.path("integrations")));
    Answer scope = world.call("POST", path, "{\"text\":\"4\"}");
    assertThat(scope.status()).isEqualTo(403);
    assertThat(scope.json().path("detail").asText()).isEqualTo("Invalid scope");
  }

  @Test
  void aBotSaysWhatTheLeadsFieldHolds() throws IOException {
    world.kommo().openTalk(lead);
    world.kommo().setField(lead, 600002, "Good day");

    String run = "[{\"bot_id\":9001,\"entity_id\":" + lead + ",\"entity_type\":";
    Answer v4 = world.call("POST", "/api/v4/bots/run", run + "\"leads\"}]");
    Answer legacy = world.call("POST", "/api/v2/salesbot/run", run + "2}]");
    Answer single =
        world.call(
            "POST",
            "/api/v4/bots/9001/run",
            "{\"entity_id\":" + lead + ",\"entity_type\":\"leads\"}");

    assertThat(v4.status()).isEqualTo(202);
    assertThat(v4.raw().body()).isEmpty();
    assertThat(legacy.status()).isEqualTo(202);
    assertThat(single.json().asText()).isEqualTo("Accepted");
    JsonNode messages = world.kommo().lead(lead).path("messages");
    assertThat(messages).hasSize(3);
    assertThat(messages.get(0).path("text").asText()).isEqualTo("Good day");
    assertThat(messages.get(0).path("author_type").asText()).isEqualTo("bot");
    assertThat(world.call("POST", "/api/v4/bots/1/run", "{}").status()).isEqualTo(404);
    assertThat(
            world
                .call("POST", "/api/v4/bots/run", run.replace("9001", "1") + "\"leads\"}]")
                .status())
        .isEqualTo(400);
  }

  @Test
  void aWebhookIsUpsertedByItsDestination() throws IOException {
    String put = "{\"destination\":\"https://example.test/h\",\"settings\":[\"%s\"]}";

    Answer first = world.call("POST", "/api/v4/webhooks", String.format(put, "add_lead"));
    Answer second = world.call("POST", "/api/v4/webhooks", String.format(put, "status_lead"));

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    JsonNode list =
        world
            .call("GET", "/api/v4/webhooks?filter[destination]=https://example.test/h", null)
            .json();
    assertThat(list.path("_total_items").asInt()).isEqualTo(1);
    assertThat(list.at("/_embedded/webhooks/0/settings/0").asText()).isEqualTo("status_lead");
    assertThat(list.at("/_embedded/webhooks/0/disabled").asBoolean()).isFalse();
    String gone = "{\"destination\":\"https://example.test/h\"}";
    assertThat(world.call("DELETE", "/api/v4/webhooks", gone).status()).isEqualTo(204);
    assertThat(world.call("DELETE", "/api/v4/webhooks", gone).status()).isEqualTo(404);
  }

  @Test
  void aBadDestinationOrCodeIsRefused() throws IOException {
    Answer url =
        world.call(
            "POST",
            "/api/v4/webhooks",
            "{\"destination\":\"https://пример.рф/h\",\"settings\":[\"add_lead\"]}");
    Answer code =
        world.call(
            "POST",
            "/api/v4/webhooks",
            "{\"destination\":\"https://example.test/h\",\"settings\":[\"add_dog\"]}");

    assertThat(url.status()).isEqualTo(400);
    assertThat(url.json().path("detail").asText()).isEqualTo("Invalid URL");
    assertThat(code.json().at("/validation-errors/0/errors/0/path").asText())
        .isEqualTo("settings.0");
  }
}
