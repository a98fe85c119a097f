package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.Lead;
import io.voronka.connectors.crm.PastWrite;
import io.voronka.connectors.crm.StageMove;
import io.voronka.schemas.Tag;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several leads read in one request. */
final class ReadLeadsTest {
  private ClientFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new ClientFixture();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void thoseThatAreThereComeAsASingleLeadDoes() throws Exception {
    fixture.kommo.answer(
        200,
        "{\"_page\":1,\"_embedded\":{\"leads\":[{\"id\":200,\"status_id\":142,\"pipeline_id\":9,"
            + "\"updated_at\":1748268669,\"custom_fields_values\":null,"
            + "\"_embedded\":{\"tags\":[{\"id\":1,\"name\":\"vip\"}]}},"
            + "{\"id\":100,\"status_id\":1,\"custom_fields_values\":[{\"field_id\":7,"
            + "\"values\":[{\"value\":\"x\"}]}]}]}}");

    List<Lead> leads =
        await(fixture.client.readLeads(fixture.account(), List.of("100", "200", "300"))).value();

    assertThat(leads).extracting(Lead::id).containsExactly("200", "100");
    assertThat(leads.get(0).statusId()).isEqualTo("142");
    assertThat(leads.get(0).pipelineId()).isEqualTo("9");
    assertThat(leads.get(0).tags()).containsExactly(new Tag("1", "vip"));
    assertThat(leads.get(0).updatedAt()).isEqualTo(Instant.ofEpochSecond(1_748_268_669));
    assertThat(leads.get(1).customFields()).hasSize(1);
    assertThat(fixture.kommo.apiRequests())
        .extracting(FakeKommo.Request::call)
        .containsExactly(
            "GET /kommo/acme/api/v4/leads?filter%5Bid%5D%5B%5D=100&filter%5Bid%5D%5B%5D=200"
                + "&filter%5Bid%5D%5B%5D=300&limit=250");
  }

  @Test
  void whatFieldsWereSetToIsRead() throws Exception {
    fixture.kommo.answer(
        200,
        "{\"_embedded\":{\"events\":[{\"type\":\"custom_field_600001_value_changed\",\"entity_id\":100,"
            + "\"created_by\":77,\"created_at\":1748268669,\"value_after\":["
            + "{\"custom_field_value\":{\"field_id\":600001,\"text\":\"x\"}}]},"
            + "{\"type\":\"sale_field_changed\",\"entity_id\":100,\"created_by\":5,"
            + "\"created_at\":1748268668,\"value_after\":[{\"sale_field_value\":{\"sale\":900}}]}]}}");
    Instant from = Instant.ofEpochSecond(1_748_268_660);

    assertThat(
            await(
                    fixture.client.readWrites(
                        fixture.account(), List.of("100"), Set.of("price", "600001"), null, from))
                .value())
        .containsExactly(
            new PastWrite("100", "600001", "x", "77", Instant.ofEpochSecond(1_748_268_669)),
            new PastWrite("100", "price", "900", "5", Instant.ofEpochSecond(1_748_268_668)));
    assertThat(fixture.kommo.apiRequests())
        .extracting(FakeKommo.Request::path)
        .containsExactly(
            "/kommo/acme/api/v4/events?limit=100"
                + "&filter%5Btype%5D%5B%5D=custom_field_600001_value_changed"
                + "&filter%5Btype%5D%5B%5D=sale_field_changed&filter%5Bentity%5D=lead"
                + "&filter%5Bcreated_at%5D%5Bfrom%5D=1748268660"
                + "&filter%5Bentity_id%5D%5B%5D=100");
  }

  @Test
  void ofAStandardFieldThatHasNoBookNothingIsAsked() throws Exception {
    assertThat(
            await(
                    fixture.client.readWrites(
                        fixture.account(),
                        List.of("100"),
                        Set.of("closed_at"),
                        null,
                        Instant.EPOCH))
                .failure()
                .kind())
        .isEqualTo(CrmFailure.Kind.INVALID);
    assertThat(fixture.kommo.apiRequests()).isEmpty();
  }

  @Test
  void whereLeadsHaveBeenIsRead() throws Exception {
    fixture.kommo.answer(
        200,
        "{\"_embedded\":{\"events\":[{\"id\":\"e\",\"type\":\"lead_status_changed\",\"entity_id\":100,"
            + "\"entity_type\":\"lead\",\"created_by\":77,\"created_at\":1748268669,\"value_after\":["
            + "{\"lead_status\":{\"id\":142,\"pipeline_id\":9}}],\"value_before\":[]}]}}");
    Instant from = Instant.ofEpochSecond(1_748_268_660);

    assertThat(
            await(fixture.client.readMoves(fixture.account(), List.of("100"), "77", from)).value())
        .containsExactly(
            new StageMove("100", "9", "142", "77", Instant.ofEpochSecond(1_748_268_669)));
    await(fixture.client.readMoves(fixture.account(), Collections.nCopies(11, "1"), null, from));
    assertThat(fixture.kommo.apiRequests())
        .extracting(FakeKommo.Request::path)
        .containsExactly(
            "/kommo/acme/api/v4/events?limit=100&filter%5Btype%5D=lead_status_changed"
                + "&filter%5Bentity%5D=lead&filter%5Bcreated_at%5D%5Bfrom%5D=1748268660"
                + "&filter%5Bcreated_by%5D%5B%5D=77&filter%5Bentity_id%5D%5B%5D=100",
            "/kommo/acme/api/v4/events?limit=100&filter%5Btype%5D=lead_status_changed"
                + "&filter%5Bentity%5D=lead&filter%5Bcreated_at%5D%5Bfrom%5D=1748268660");
  }

  @Test
  void anEmptyAnswerMeansThatNoneIsThere() throws Exception {
    fixture.kommo.answer(204, "");

    assertThat(await(fixture.client.readLeads(fixture.account(), List.of("100"))).value())
        .isEmpty();
  }

  @Test
  void aFailureIsThatOfAll() throws Exception {
    fixture.kommo.answer(429, "{\"title\":\"Too Many Requests\",\"status\":429}");

    assertThat(await(fixture.client.readLeads(fixture.account(), List.of("100"))).failure().kind())
        .isEqualTo(CrmFailure.Kind.TOO_MANY_REQUESTS);
  }

  /** Without a filter the answer would be about other leads. */
  @Test
  void whatNamesNoLeadIsRefusedUnsent() throws Exception {
    for (List<String> ids : List.of(List.<String>of(), List.of("100", "1&limit=1"))) {
      assertThat(await(fixture.client.readLeads(fixture.account(), ids)).failure().kind())
          .isEqualTo(CrmFailure.Kind.INVALID);
    }
    assertThat(fixture.kommo.apiRequests()).isEmpty();
  }
}
