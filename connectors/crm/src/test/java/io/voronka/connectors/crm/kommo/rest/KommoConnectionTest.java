package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmConnection;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.Subscribed;
import io.voronka.connectors.crm.VendorAccount;
import io.voronka.connectors.crm.WebhookSubscription;
import io.voronka.connectors.crm.kommo.rest.FakeKommo.Answer;
import io.voronka.connectors.crm.kommo.rest.FakeKommo.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts and webhooks over a real socket. */
class KommoConnectionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "s3cret-webhook-token";
  private static final String ADDRESS = "https://hooks.test/webhooks/kommo/" + TOKEN;

  private ClientFixture fixture;
  private CrmConnection connection;

  @BeforeEach
  void start() throws IOException {
    fixture = new ClientFixture();
    connection = fixture.client.connection();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void readsTheAccount() throws Exception {
    fixture.kommo.answer(200, "{\"id\":31337001,\"subdomain\":\"acme\",\"name\":null}");

    assertThat(await(connection.readAccount(fixture.account())).value())
        .isEqualTo(new VendorAccount("31337001", "acme", "", null));

    fixture.kommo.answer(200, "{\"id\":31337001}");
    assertThat(await(connection.readAccount(fixture.account())).failure().kind())
        .isEqualTo(Kind.UNEXPECTED_ANSWER);
  }

  @Test
  void findsTheSubscriptionOfExactlyTheAddress() throws Exception {
    fixture.kommo.answer(
        200,
        "{\"_total_items\":2,\"_embedded\":{\"webhooks\":[{\"id\":1,\"destination\":\""
            + ADDRESS
            + "2\",\"disabled\":false,\"settings\":[]},{\"id\":2,\"destination\":\""
            + ADDRESS
            + "\",\"disabled\":true,\"settings\":[\"add_lead\",\"status_lead\"]}]}}");

    assertThat(await(connection.findWebhook(fixture.account(), ADDRESS)).value())
        .contains(new WebhookSubscription("2", true, List.of("add_lead", "status_lead")));
    assertThat(fixture.kommo.requests().get(0).path())
        .endsWith(
            "/api/v4/webhooks?filter%5Bdestination%5D=https%3A%2F%2Fhooks.test%2Fwebhooks%2Fkommo%2F"
                + TOKEN);
  }

  @Test
  void anEmptyAnswerIsNoSubscription() throws Exception {
    fixture.kommo.answer(204, "");

    assertThat(await(connection.findWebhook(fixture.account(), ADDRESS)).value()).isEmpty();
  }

  @Test
  void codesThatTheAnswerNamesAreLeftOut() throws Exception {
    fixture.kommo.behave(vendor(Set.of("add_customer", "add_unsorted"), true));

    Subscribed made = subscribe("add_lead", "add_customer", "status_lead", "add_unsorted");

    assertThat(made.subscription().codes()).containsExactly("add_lead", "status_lead");
    assertThat(made.refused()).containsExactly("add_customer", "add_unsorted");
    assertThat(fixture.kommo.requests()).hasSize(2);
  }

  @Test
  void codesThatTheAnswerDoesNotNameAreLookedFor() throws Exception {
    fixture.kommo.behave(vendor(Set.of("e", "g"), false));

    Subscribed made = subscribe("add_lead", "b", "c", "d", "e", "f", "g");

    assertThat(made.subscription().codes()).containsExactly("add_lead", "b", "c", "d", "f");
    assertThat(made.refused()).containsExactly("e", "g");
    List<Request> requests = fixture.kommo.requests();
    assertThat(settings(requests.get(requests.size() - 1)))
        .as("what stands at last")
        .containsExactly("add_lead", "b", "c", "d", "f");
  }

  @Test
  void codesThatAreSilentlyLeftOutAreReported() throws Exception {
    fixture.kommo.answer(201, "{\"id\":7,\"disabled\":false,\"settings\":[\"add_lead\"]}");

    assertThat(subscribe("add_lead", "add_talk").refused()).containsExactly("add_talk");
  }

  @Test
  void anAddressThatIsRefusedIsNotTakenForABadCode() throws Exception {
    fixture.kommo.answer(
        400, "{\"title\":\"Bad Request\",\"detail\":\"Invalid URL " + ADDRESS + "\"}");

    CrmFailure failure = refusal("add_lead", "b", "c", "d");

    assertThat(failure.kind()).isEqualTo(Kind.INVALID);
    assertThat(failure.detail()).contains("Invalid URL").doesNotContain(TOKEN);
    assertThat(fixture.kommo.requests()).as("all codes, then the usual one alone").hasSize(2);
  }

  @Test
  void otherFailuresEndTheSearch() throws Exception {
    fixture.kommo.behave(
        request ->
            fixture.kommo.requests().size() < 3
                ? vendor(Set.of("d"), false).apply(request)
                : Answer.of(429, "{\"retry_after\":1}"));

    assertThat(refusal("add_lead", "b", "c", "d").kind()).isEqualTo(Kind.TOO_MANY_REQUESTS);
    assertThat(fixture.kommo.requests()).hasSize(3);
  }

  @Test
  void aVendorThatTakesNothingHasNotSubscribed() throws Exception {
    fixture.kommo.answer(200, "{\"id\":7,\"settings\":[]}");

    assertThat(refusal("add_lead").kind()).isEqualTo(Kind.UNEXPECTED_ANSWER);
  }

  @Test
  void endingASubscriptionSaysWhetherThereWasOne() throws Exception {
    fixture.kommo.answer(204, "");
    assertThat(await(connection.unsubscribe(fixture.account(), ADDRESS)).value()).isTrue();
    assertThat(fixture.kommo.requests().get(0).call())
        .endsWith("/api/v4/webhooks")
        .startsWith("DELETE");
    assertThat(fixture.kommo.requests().get(0).body())
        .isEqualTo("{\"destination\":\"" + ADDRESS + "\"}");

    fixture.kommo.answer(404, "{\"title\":\"Not Found\"}");
    assertThat(await(connection.unsubscribe(fixture.account(), ADDRESS)).value()).isFalse();

    fixture.kommo.answer(403, "{\"title\":\"Forbidden\",\"detail\":\"" + ADDRESS + "\"}");
    CrmFailure failure = await(connection.unsubscribe(fixture.account(), ADDRESS)).failure();
    assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(failure.detail()).doesNotContain(TOKEN);
  }

  /** Refuses these codes, and says which or does not. */
  private static Function<Request, Answer> vendor(Set<String> bad, boolean names) {
    return request -> {
      List<String> asked = settings(request);
      List<String> errors = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        if (bad.contains(asked.get(i))) {
          errors.add(
              "{\"code\":\"NotSupportedChoice\",\"path\":\"settings."
                  + i
                  + "\",\"detail\":\"no\"}");
        }
      }
      if (errors.isEmpty()) {
        return Answer.of(
            200,
            "{\"id\":7,\"disabled\":false,\"settings\":[\"" + String.join("\",\"", asked) + "\"]}");
      }
      return Answer.of(
          400,
          names
              ? "{\"validation-errors\":[{\"request_id\":\"0\",\"errors\":["
                  + String.join(",", errors)
                  + "]}],\"title\":\"Bad Request\"}"
              : "{\"title\":\"Bad Request\",\"detail\":\"no\"}");
    };
  }

  private Subscribed subscribe(String... codes) throws Exception {
    return await(connection.subscribe(fixture.account(), ADDRESS, List.of(codes))).value();
  }

  private CrmFailure refusal(String... codes) throws Exception {
    return await(connection.subscribe(fixture.account(), ADDRESS, List.of(codes))).failure();
  }

  private static List<String> settings(Request request) {
    try {
      List<String> codes = new ArrayList<>();
      for (JsonNode code : JSON.readTree(request.body()).path("settings")) {
        codes.add(code.asText());
      }
      return codes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
