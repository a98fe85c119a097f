package io.voronka.infra.sandbox.kommo.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of contacts and companies as somebody reads them who wants them all. */
class ContactsApiTest {
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

  @Test
  void contactsComeInTheOrderAskedForAndFromTheTimeAskedFor() throws IOException {
    long first = contact("First");
    world.client().advance(Duration.ofSeconds(10));
    long second = contact("Second");
    world.client().advance(Duration.ofSeconds(10));
    world.call("PATCH", "/api/v4/contacts/" + first, "{\"name\":\"First again\"}");

    JsonNode all = world.call("GET", "/api/v4/contacts?order[updated_at]=asc", null).json();
    JsonNode last = all.at("/_embedded/contacts/1");
    String since =
        "/api/v4/contacts?order[updated_at]=asc&filter[updated_at][from]="
            + last.path("updated_at").asLong();

    assertThat(all.at("/_embedded/contacts/0/id").asLong()).isEqualTo(second);
    assertThat(last.path("id").asLong()).isEqualTo(first);
    assertThat(world.call("GET", since, null).json().at("/_embedded/contacts")).hasSize(1);
  }

  @Test
  void aContactsLeadsAreShownOnlyWhenAskedFor() throws IOException {
    long lead = world.lead();
    world.call(
        "POST",
        "/api/v4/contacts",
        "[{\"name\":\"Ann\",\"_embedded\":{\"leads\":[{\"id\":" + lead + "}]}}]");

    JsonNode without = world.call("GET", "/api/v4/contacts", null).json();
    JsonNode with = world.call("GET", "/api/v4/contacts?with=leads", null).json();

    assertThat(without.at("/_embedded/contacts/0/_embedded").has("leads")).isFalse();
    assertThat(with.at("/_embedded/contacts/0/_embedded/leads/0/id").asLong()).isEqualTo(lead);
  }

  @Test
  void companiesHaveFieldsOfTheirOwn() throws IOException {
    assertThat(world.call("GET", "/api/v4/companies/custom_fields", null).status()).isEqualTo(204);
    ObjectNode parts = Json.object();
    parts
        .putArray("fields")
        .addObject()
        .put("id", 575820)
        .put("entity_type", "companies")
        .put("name", "Branch")
        .put("type", "text");
    world.kommo().change(parts);

    JsonNode fields = world.call("GET", "/api/v4/companies/custom_fields", null).json();
    world.call(
        "POST",
        "/api/v4/companies",
        "[{\"name\":\"Firm\",\"custom_fields_values\":[{\"field_id\":575820,\"values\":[{\"value\":\"Steel\"}]}]}]");
    JsonNode company = world.call("GET", "/api/v4/companies", null).json();

    assertThat(fields.at("/_embedded/custom_fields/0/name").asText()).isEqualTo("Branch");
    assertThat(company.at("/_embedded/companies/0/custom_fields_values/0/values/0/value").asText())
        .isEqualTo("Steel");
  }

  private long contact(String name) throws IOException {
    return world
        .call("POST", "/api/v4/contacts", "[{\"name\":\"" + name + "\"}]")
        .json()
        .at("/_embedded/contacts/0/id")
        .asLong();
  }
}
