package io.voronka.infra.sandbox.kommo.rest;

import static io.voronka.infra.sandbox.testing.SandboxWorld.FIRST_STAGE;
import static io.voronka.infra.sandbox.testing.SandboxWorld.MARK_FIELD;
import static io.voronka.infra.sandbox.testing.SandboxWorld.PIPELINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.testing.Patience;
import io.voronka.infra.sandbox.testing.RecordingReceiver;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.testing.SandboxWorld.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadsApiTest {
  @TempDir Path data;
  private SandboxWorld world;

  @BeforeEach
  void open() throws IOException {
    world = SandboxWorld.open(data);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({
    "600007, 2000, 200",
    "600007, 2001, 400",
    "600001, 256, 200",
    "600001, 257, 400",
  })
  void whatComesFromAnAdvertMayBeLongerThanOtherTexts(long field, int length, int status)
      throws IOException {
    String fields =
        "{\"custom_fields_values\":[{\"field_id\":%d,\"values\":[{\"value\":\"%s\"}]}]}"
            .formatted(field, "x".repeat(length));

    assertThat(world.call("PATCH", "/api/v4/leads/" + world.lead(), fields).status())
        .isEqualTo(status);
  }

  @Test
  void oneCallMovesFillsAndTagsALead() throws IOException {
    long lead = world.lead();

    Answer answer =
        world.call(
            "PATCH",
            "/api/v4/leads/" + lead,
            """
            {"status_id": 142, "pipeline_id": 7300100, "price": 1000, "updated_by": 0,
             "custom_fields_values": [
               {"field_id": 575809, "values": [{"value": "+79991234567", "enum_code": "WORK"}]},
               {"field_code": "UTM_SOURCE", "values": [{"value": "x"}]},
               {"field_id": 427271, "values": [{"value": "2014-10-04T00:00:00+00:00"}]}],
             "tags_to_add": [{"name": "vip"}]}
            """);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isEqualTo("application/hal+json");
    assertThat(answer.raw().headers().firstValue("x-request-id")).isPresent();
    assertThat(answer.json().path("id").asLong()).isEqualTo(lead);
    JsonNode shown = world.call("GET", "/api/v4/leads/" + lead, null).json();
    assertThat(shown.path("status_id").asLong()).isEqualTo(142);
    assertThat(shown.path("closed_at").isIntegralNumber()).isTrue();
    assertThat(shown.path("updated_by").asLong()).isZero();
    assertThat(shown.at("/custom_fields_values/0/values/0/value").asText())
        .isEqualTo("+79991234567");
    assertThat(shown.at("/custom_fields_values/0/values/0/enum_id").asLong()).isEqualTo(311321);
    assertThat(shown.at("/custom_fields_values/1/field_code").asText()).isEqualTo("UTM_SOURCE");
    assertThat(shown.at("/custom_fields_values/2/values/0/value").asLong()).isEqualTo(1412380800);
    assertThat(shown.at("/_embedded/tags/0/name").asText()).isEqualTo("vip");
    var line = world.client().ledger(0).lines().get(0);
    assertThat(line.kind()).isEqualTo("change_stage");
    assertThat(line.entity()).isEqualTo("leads/" + lead);
    assertThat(line.effects())
        .extracting(e -> e.kind())
        .containsExactly("change_stage", "update_field", "add_tags");
    assertThat(line.body().path("price").asLong()).isEqualTo(1000);
  }

  @Test
  void nullValuesClearAFieldAndTagsCanBeReplaced() throws IOException {
    long lead = world.lead();
    String path = "/api/v4/leads/" + lead;
    String field = "{\"custom_fields_values\":[{\"field_id\":" + MARK_FIELD + ",\"values\":";
    world.call("PATCH", path, field + "[{\"value\":\"m\"}]}],\"tags_to_add\":[{\"name\":\"a\"}]}");

    world.call("PATCH", path, field + "null}],\"_embedded\":{\"tags\":[{\"name\":\"b\"}]}}");

    JsonNode shown = world.call("GET", path, null).json();
    assertThat(shown.path("custom_fields_values").isNull()).isTrue();
    assertThat(shown.at("/_embedded/tags")).hasSize(1);
    assertThat(shown.at("/_embedded/tags/0/name").asText()).isEqualTo("b");
  }

  @Test
  void aMissingLeadAndAnEmptyListAre204() throws IOException {
    Answer one = world.call("GET", "/api/v4/leads/1", null);
    Answer list = world.call("GET", "/api/v4/leads?filter[id][]=1", null);

    assertThat(one.status()).isEqualTo(204);
    assertThat(one.raw().body()).isEmpty();
    assertThat(list.status()).isEqualTo(204);
  }

  @Test
  void leadsAreReadTogetherByTheirIdsAndThoseThatAreNotThereAreMissing() throws IOException {
    long first = world.lead();
    long other = world.lead();
    long second = world.lead();

    JsonNode leads =
        world
            .call(
                "GET",
                "/api/v4/leads?filter[id][]=%d&filter[id][]=1&filter[id][]=%d&limit=250"
                    .formatted(second, first),
                null)
            .json()
            .at("/_embedded/leads");

    assertThat(leads)
        .extracting(lead -> lead.path("id").asLong())
        .containsExactly(first, second)
        .doesNotContain(other);
    assertThat(leads)
        .allSatisfy(
            lead -> {
              assertThat(lead.path("status_id").asLong()).isEqualTo(FIRST_STAGE);
              assertThat(lead.path("pipeline_id").asLong()).isEqualTo(PIPELINE);
              assertThat(lead.has("custom_fields_values")).isTrue();
              assertThat(lead.at("/_embedded/tags").isArray()).isTrue();
            });
    assertThat(world.call("GET", "/api/v4/leads?filter[id][]=no", null).status()).isEqualTo(204);
  }

  @Test
  void listsAreFilteredOrderedAndPaged() throws IOException {
    world.client().freeze();
    for (int i = 0; i < 5; i++) {
      world.lead();
      world.client().advance(Duration.ofSeconds(10));
    }
    long since = world.client().now() / 1000 - 35;

    JsonNode page =
        world
            .call(
                "GET",
                "/api/v4/leads?filter[updated_at][from]="
                    + since
                    + "&order[updated_at]=desc&limit=2&page=1",
                null)
            .json();

    JsonNode leads = page.at("/_embedded/leads");
    assertThat(leads).hasSize(2);
    assertThat(leads.get(0).path("updated_at").asLong())
        .isGreaterThan(leads.get(1).path("updated_at").asLong());
    assertThat(page.at("/_links/next/href").asText()).contains("page=2");
    assertThat(world.call("GET", "/api/v4/leads?limit=250&page=2", null).status()).isEqualTo(204);
    Answer tooMany = world.call("GET", "/api/v4/leads?limit=251", null);
    assertThat(tooMany.status()).isEqualTo(422);
    assertThat(tooMany.json().path("detail").asText()).isEqualTo("Limit 250 per page");
  }

  @Test
  void validationErrorsHaveKommosExactShape() throws IOException {
    long lead = world.lead();

    Answer answer =
        world.call(
            "PATCH",
            "/api/v4/leads/" + lead,
            "{\"custom_fields_values\":[{\"field_id\":1,\"values\":[{\"value\":\"x\"}]}]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.type()).isEqualTo("application/problem+json");
    assertThat(answer.json().toString())
        .isEqualTo(
            "{\"validation-errors\":[{\"request_id\":\"0\",\"errors\":[{\"code\":"
                + "\"NotSupportedChoice\",\"path\":\"custom_fields_values.0.field_id\","
                + "\"detail\":\"The value you selected is not a valid choice.\"}]}],"
                + "\"title\":\"Bad Request\",\"type\":\"https://httpstatus.es/400\","
                + "\"status\":400,\"detail\":\"Request validation failed\"}");
    var line = world.client().ledger(0).lines().get(0);
    assertThat(line.applied()).isFalse();
    assertThat(line.kind()).isEqualTo("refused");
    assertThat(line.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"status_id\":5}; NotSupportedChoice; status_id",
        "{\"status_id\":64100200,\"pipeline_id\":7300200}; NotSupportedChoice; status_id",
        "{\"pipeline_id\":5}; NotSupportedChoice; pipeline_id",
        "{\"price\":\"many\"}; InvalidType; price",
        "{\"price\":-1}; TooLow; price",
        "{\"name\":7}; InvalidType; name",
        "{\"responsible_user_id\":1}; NotSupportedChoice; responsible_user_id",
        "{\"custom_fields_values\":[{\"field_id\":600003,\"values\":[{\"enum_id\":1}]}]};"
            + " NotSupportedChoice; custom_fields_values.0.values.0.enum_id",
        "{\"custom_fields_values\":[{\"field_id\":600005,\"values\":[{\"value\":\"yes\"}]}]};"
            + " InvalidType; custom_fields_values.0.values.0.value",
        "{\"custom_fields_values\":[{\"field_id\":427271,\"values\":[{\"value\":\"soon\"}]}]};"
            + " InvalidType; custom_fields_values.0.values.0.value",
        "{\"custom_fields_values\":[{\"values\":[]}]}; FieldMissing;"
            + " custom_fields_values.0.field_id"
      })
  void whatIsWrongIsNamed(String body, String code, String path) throws IOException {
    Answer answer = world.call("PATCH", "/api/v4/leads/" + world.lead(), body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/validation-errors/0/errors/0/code").asText()).isEqualTo(code);
    assertThat(answer.json().at("/validation-errors/0/errors/0/path").asText()).isEqualTo(path);
  }

  @Test
  void aBatchIsOneLineWithAnEffectAndAWebhooksPartForEachLead() throws IOException {
    try (RecordingReceiver receiver = new RecordingReceiver()) {
      long first = world.lead();
      long second = world.lead();
      world.kommo().subscribe(receiver.address(), List.of("update_lead"));

      Answer answer =
          world.call(
              "PATCH",
              "/api/v4/leads",
              "[{\"id\":%d,\"tags_to_add\":[{\"name\":\"vip\"}]},{\"id\":%d,\"price\":6}]"
                  .formatted(first, second));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().at("/_embedded/leads"))
          .extracting(lead -> lead.path("id").asLong())
          .containsExactly(first, second);
      assertThat(world.client().ledger(0).lines())
          .filteredOn(line -> "PATCH".equals(line.method()))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line.effects())
                      .extracting(effect -> effect.entity())
                      .contains("leads/" + first, "leads/" + second));
      Patience.await().until(() -> told(receiver).containsAll(List.of("" + first, "" + second)));
    }
  }

  private static List<String> told(RecordingReceiver receiver) {
    return receiver.received().stream()
        .flatMap(one -> one.form().entrySet().stream())
        .filter(field -> field.getKey().matches("leads\\[update]\\[[0-9]+]\\[id]"))
        .map(field -> field.getValue())
        .toList();
  }

  @Test
  void oneBadItemFailsTheWholeBatch() throws IOException {
    long lead = world.lead();

    Answer answer =
        world.call(
            "PATCH",
            "/api/v4/leads",
            "[{\"id\":" + lead + ",\"price\":5},{\"id\":1,\"price\":6,\"request_id\":\"r2\"}]");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/validation-errors/0/request_id").asText()).isEqualTo("r2");
    JsonNode shown = world.call("GET", "/api/v4/leads/" + lead, null).json();
    assertThat(shown.path("price").asLong()).isZero();
  }

  @Test
  void aBatchHasAtMost250Items() throws IOException {
    StringBuilder body = new StringBuilder("[{\"name\":\"x\"}");
    body.append(",{\"name\":\"x\"}".repeat(249));

    Answer most = world.call("POST", "/api/v4/leads", body + "]");
    Answer tooMany = world.call("POST", "/api/v4/leads", body + ",{\"name\":\"x\"}]");

    assertThat(most.status()).isEqualTo(200);
    assertThat(most.json().at("/_embedded/leads")).hasSize(250);
    assertThat(tooMany.status()).isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v4/nothing, 404",
    "DELETE, /api/v4/leads, 405",
    "GET, /api/v4/leads/pipelines, 200",
    "GET, /api/v4/leads/pipelines/7300100/statuses, 200",
    "GET, /api/v4/leads/custom_fields, 200",
    "GET, /api/v4/account?with=amojo_id, 200",
    "GET, /api/v4/users, 200",
    "GET, /api/v4/bots, 200",
    "GET, /api/v4/webhooks, 204",
    "GET, /api/v4/leads?limit=many, 400"
  })
  void pathsAnswer(String method, String path, int status) throws IOException {
    assertThat(world.call(method, path, null).status()).isEqualTo(status);
  }

  @Test
  void bodiesMustBeJsonThatIsDeclaredAsSuch() throws IOException {
    String path = "/kommo/acme/api/v4/leads/" + world.lead();

    assertThat(world.call("PATCH", path, "{}", SandboxWorld.ACCESS, "text/plain").status())
        .isEqualTo(415);
    Answer broken = world.call("PATCH", path, "{", SandboxWorld.ACCESS, "application/json");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.type()).isEqualTo("application/problem+json");
  }

  @Test
  void withoutAGoodTokenNothingIsServed() throws IOException {
    for (String token : new String[] {null, "made-up", SandboxWorld.REFRESH}) {
      Answer answer =
          world.call("GET", "/kommo/acme/api/v4/account", null, token, "application/json");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("title").asText()).isEqualTo("Unauthorized");
      assertThat(answer.json().path("type").asText()).isEqualTo("https://httpstatus.es/401");
    }
  }

  @Test
  void anUnpaidAccountAnswers402() throws IOException {
    world.kommo().change(io.voronka.infra.sandbox.web.Json.object().put("paid", false));

    assertThat(world.call("GET", "/api/v4/account", null).status()).isEqualTo(402);
  }

  @Test
  void idsAreCountedPerAccount() throws IOException {
    world.client().openAccount(SandboxWorld.account(2, "umbra"));

    long first = world.lead();
    long second = world.client().kommo("umbra").createLeadSilently("Other", PIPELINE, FIRST_STAGE);

    assertThat(second).isEqualTo(first);
    assertThat(world.client().allLedger(0, Map.of("side", "all", "account", "umbra"))).hasSize(2);
  }

  @Test
  void theFeedTellsWhatHappened() throws IOException {
    long lead = world.lead();
    world.call("PATCH", "/api/v4/leads/" + lead, "{\"status_id\":64100300}");

    JsonNode events =
        world.call("GET", "/api/v4/events?filter[type]=lead_status_changed", null).json();

    assertThat(events.at("/_embedded/events/0/entity_id").asLong()).isEqualTo(lead);
    assertThat(events.at("/_embedded/events/0/value_after/0/lead_status/id").asLong())
        .isEqualTo(64100300);
    assertThat(world.call("GET", "/api/v4/events?limit=101", null).status()).isEqualTo(422);
  }
}
