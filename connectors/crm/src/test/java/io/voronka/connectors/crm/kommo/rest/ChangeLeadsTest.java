package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.FieldChange;
import io.voronka.connectors.crm.LeadChange;
import io.voronka.connectors.crm.WrittenLeads;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several leads in one request. */
final class ChangeLeadsTest {
  private static final List<LeadChange> THREE =
      List.of(
          LeadChange.stage("100", "142", "7"),
          LeadChange.fields("200", List.of(FieldChange.custom("600001", "x"))),
          LeadChange.tags("300", List.of("vip")));

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
  void eachLeadIsAnItemOfOneRequest() throws Exception {
    fixture.kommo.answer(200, "{\"_embedded\":{\"leads\":[{\"id\":100},{\"id\":200}]}}");

    WrittenLeads written = await(fixture.client.changeLeads(fixture.account(), THREE)).value();

    assertThat(written).isEqualTo(new WrittenLeads(Set.of("100", "200"), 200));
    FakeKommo.Request request = fixture.kommo.apiRequests().get(0);
    assertThat(request.call()).isEqualTo("PATCH /kommo/acme/api/v4/leads");
    JsonNode items = new ObjectMapper().readTree(request.body());
    assertThat(items).hasSize(3);
    assertThat(items.get(0).path("id").asLong()).isEqualTo(100);
    assertThat(items.get(0).path("request_id").textValue()).isEqualTo("0");
    assertThat(items.get(0).path("status_id").asLong()).isEqualTo(142);
    assertThat(items.get(1).path("custom_fields_values")).hasSize(1);
    assertThat(items.get(1).has("status_id")).isFalse();
    assertThat(items.get(2).at("/tags_to_add/0/name").textValue()).isEqualTo("vip");
  }

  @Test
  void theOneThatTheVendorMindsIsNamedByItsPlace() throws Exception {
    fixture.kommo.answer(
        400,
        "{\"validation-errors\":[{\"request_id\":\"1\",\"errors\":[{\"code\":\"NotSupportedChoice\","
            + "\"path\":\"custom_fields_values.0.field_id\",\"detail\":\"no\"}]}],\"status\":400}");

    CrmFailure failure = await(fixture.client.changeLeads(fixture.account(), THREE)).failure();

    assertThat(failure.kind()).isEqualTo(CrmFailure.Kind.INVALID);
    assertThat(failure.validationErrors())
        .extracting(CrmFailure.ValidationError::item)
        .containsExactly("1");
  }

  @Test
  void oneThatCannotBeSaidIsNamedBeforeAnythingIsSent() throws Exception {
    List<LeadChange> second =
        List.of(THREE.get(0), LeadChange.fields("200", List.of(FieldChange.standard("odd", "x"))));

    CrmFailure failure = await(fixture.client.changeLeads(fixture.account(), second)).failure();

    assertThat(failure.validationErrors())
        .extracting(CrmFailure.ValidationError::item)
        .containsExactly("1");
    assertThat(failure.status()).isZero();
    assertThat(fixture.kommo.apiRequests()).isEmpty();
  }
}
