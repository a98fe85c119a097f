package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.START;
import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Written;
import io.voronka.connectors.crm.kommo.rest.FakeKommo.Answer;
import io.voronka.connectors.crm.kommo.rest.FakeKommo.Request;
import io.voronka.connectors.crm.tokens.StoredTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rotating tokens: each refresh token is good for one exchange, as at the real vendor. */
class TokenRefreshTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger generation = new AtomicInteger(1);
  private ClientFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ClientFixture();
    fixture.kommo.behave(vendor(request -> Answer.of(202, "{\"id\":\"m\"}")));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void goodTokenIsUsedAsItIs() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START.plusSeconds(3600));

    assertThat(send(account).isOk()).isTrue();
    assertThat(send(account).isOk()).isTrue();

    assertThat(fixture.kommo.refreshes()).isZero();
    assertThat(fixture.kommo.apiRequests()).extracting(Request::token).containsOnly("access-1");
  }

  @Test
  void twentyRequestsWithAnExpiredTokenMakeOneRefresh() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START.minusSeconds(1));

    List<CompletableFuture<CrmReply<Written>>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      replies.add(fixture.client.sendMessage(account, "174", "Hola " + i));
    }

    for (CompletableFuture<CrmReply<Written>> reply : replies) {
      assertThat(await(reply).isOk()).isTrue();
    }
    assertThat(fixture.kommo.refreshes()).isEqualTo(1);
    assertThat(fixture.kommo.apiRequests())
        .hasSize(20)
        .extracting(Request::token)
        .containsOnly("access-2");
  }

  @Test
  void twentyRequestsThatAreAllRefusedMakeOneRefresh() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START.plusSeconds(3600));
    generation.set(2); // the vendor has forgotten access-1, but not yet refresh-1
    fixture.kommo.behave(vendor(request -> Answer.of(202, "{}"), "refresh-1"));

    List<CompletableFuture<CrmReply<Written>>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      replies.add(fixture.client.sendMessage(account, "174", "Hola " + i));
    }

    for (CompletableFuture<CrmReply<Written>> reply : replies) {
      assertThat(await(reply).isOk()).isTrue();
    }
    assertThat(fixture.kommo.refreshes()).isEqualTo(1);
  }

  @Test
  void newPairIsStoredBeforeItIsUsed() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START.plusSeconds(30));
    List<StoredTokens> storedAtUse = new ArrayList<>();
    fixture.kommo.behave(
        vendor(
            request -> {
              storedAtUse.add(fixture.tokens());
              return Answer.of(202, "{}");
            }));

    assertThat(send(account).isOk()).isTrue();

    StoredTokens expected =
        new StoredTokens(
            "access-2", "refresh-2", START.plusSeconds(86_400), 2, fixture.tokens().client());
    assertThat(storedAtUse).containsExactly(expected);
  }

  @Test
  void refreshAsksAsTheVendorWantsIt() throws Exception {
    send(fixture.rotatingAccount(START));

    Request refresh = fixture.kommo.requests().get(0);
    assertThat(refresh.call()).isEqualTo("POST /kommo/acme/oauth2/access_token");
    assertThat(refresh.token()).isNull();
    assertThat(JSON.readTree(refresh.body()))
        .isEqualTo(
            JSON.readTree(
                "{\"client_id\":\"client-1\",\"client_secret\":\"client-secret\",\"grant_type\":\"refresh_token\","
                    + "\"refresh_token\":\"refresh-1\",\"redirect_uri\":\"https://voronka.test/oauth\"}"));
  }

  @Test
  void requestRefusedWithTheNewTokenTooIsUnauthorized() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START.plusSeconds(3600));
    fixture.kommo.behave(vendor(request -> Answer.of(401, "{\"title\":\"Unauthorized\"}")));

    CrmFailure failure = send(account).failure();

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(failure.mayHaveHappened()).isFalse();
    assertThat(fixture.kommo.refreshes()).isEqualTo(1);
    assertThat(fixture.kommo.apiRequests())
        .extracting(Request::token)
        .containsExactly("access-1", "access-2");
  }

  @Test
  void refusalThatARefreshDoesNotCureIsNotAnsweredWithAnotherOneAtOnce() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START.plusSeconds(3600));
    fixture.kommo.behave(vendor(request -> Answer.of(401, "{\"title\":\"Unauthorized\"}")));

    for (int i = 0; i < 10; i++) {
      assertThat(send(account).failure().kind()).isEqualTo(Kind.UNAUTHORIZED);
    }
    assertThat(fixture.kommo.refreshes()).isEqualTo(1);
    assertThat(fixture.kommo.apiRequests()).as("each was asked").hasSize(11);

    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.kommo.behave(
        vendor(
            request ->
                "access-3".equals(request.token())
                    ? Answer.of(202, "{}")
                    : Answer.of(401, "{\"title\":\"Unauthorized\"}")));
    assertThat(send(account).isOk()).as("a later refusal is another one").isTrue();
  }

  @Test
  void lostAnswerIsAskedForOnceMoreWithTheOldToken() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START);
    AtomicInteger refreshes = new AtomicInteger();
    Function<Request, Answer> vendor = vendor(request -> Answer.of(202, "{}"));
    fixture.kommo.behave(
        request ->
            isRefresh(request) && refreshes.incrementAndGet() == 1
                ? Answer.NONE // lost on the way there
                : vendor.apply(request));

    assertThat(send(account).isOk()).isTrue();

    assertThat(fixture.kommo.refreshes()).isEqualTo(2);
    assertThat(fixture.tokens().accessToken()).isEqualTo("access-2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500})
  void pairLostOnItsWayBackNeedsAReconnect(int status) throws Exception {
    CrmAccount account = fixture.rotatingAccount(START);
    AtomicInteger refreshes = new AtomicInteger();
    Function<Request, Answer> vendor = vendor(request -> Answer.of(202, "{}"));
    fixture.kommo.behave(
        request -> {
          Answer answer = vendor.apply(request);
          return isRefresh(request) && refreshes.incrementAndGet() == 1
              ? new Answer(status, "{}", java.util.Map.of())
              : answer;
        });

    CrmFailure failure = send(account).failure();

    assertThat(failure.kind()).isEqualTo(Kind.RECONNECT_NEEDED);
    assertThat(failure.mayHaveHappened()).isFalse();
    assertThat(failure.detail()).contains("lost on their way").contains("Token has been revoked");
    assertThat(fixture.kommo.refreshes()).isEqualTo(2);
    assertThat(fixture.kommo.apiRequests()).isEmpty();
  }

  @Test
  void revokedTokenNeedsAReconnectAndIsNotTriedAgainAtOnce() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START);
    generation.set(7);

    assertThat(send(account).failure().kind()).isEqualTo(Kind.RECONNECT_NEEDED);
    assertThat(send(account).failure().kind()).isEqualTo(Kind.RECONNECT_NEEDED);

    assertThat(fixture.kommo.refreshes()).isEqualTo(1);
  }

  @Test
  void reconnectedAccountWorksAtOnce() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START);
    generation.set(7);
    assertThat(send(account).isOk()).isFalse();

    fixture.store.put(
        "acme-gmbh",
        "acme",
        new StoredTokens(
            "access-7", "refresh-7", START.plusSeconds(9000), 1, fixture.tokens().client()));

    assertThat(send(account).isOk()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"402,PAYMENT_REQUIRED", "429,TOO_MANY_REQUESTS", "503,SERVER_ERROR"})
  void passingTroubleIsNoReconnectAndUsesAnOldTokenWhileItLasts(int status, Kind kind)
      throws Exception {
    CrmAccount account = fixture.rotatingAccount(START.plusSeconds(30));
    Function<Request, Answer> vendor = vendor(request -> Answer.of(202, "{}"));
    fixture.kommo.behave(
        request -> isRefresh(request) ? Answer.of(status, "{}") : vendor.apply(request));

    assertThat(send(account).isOk()).as("access-1 is good for 30 s more").isTrue();
    fixture.clock.advance(Duration.ofSeconds(31));
    CrmFailure failure = send(account).failure();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.mayHaveHappened()).isFalse();
    assertThat(fixture.kommo.apiRequests()).hasSize(1);

    fixture.kommo.behave(vendor);
    fixture.clock.advance(Duration.ofSeconds(6));
    assertThat(send(account).isOk()).isTrue();
  }

  /**
   * Who tries in vain while the vendor is left alone waits longer and longer, and then too long.
   */
  @Test
  void aRefreshThatFailedSaysWhenTheVendorIsAskedAgain() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START);
    fixture.kommo.answer(429, "{}");

    assertThat(send(account).failure().retryAfter()).isEqualTo(Duration.ofSeconds(5));
    fixture.clock.advance(Duration.ofSeconds(2));
    assertThat(send(account).failure().retryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(fixture.kommo.refreshes()).isEqualTo(1);
  }

  @Test
  void accountWithoutTokensWasNeverConnected() throws Exception {
    assertThat(send(fixture.kommo.account("store")).failure().kind())
        .isEqualTo(Kind.RECONNECT_NEEDED);
  }

  @Test
  void longLivedTokenInTheStoreIsNotRefreshed() throws Exception {
    fixture.store.put(
        "acme-gmbh", "acme", new StoredTokens("access-1", null, START.plusSeconds(10), 1, null));
    CrmAccount account = fixture.kommo.account("store");

    assertThat(send(account).isOk()).isTrue();
    fixture.clock.advance(Duration.ofSeconds(11));
    assertThat(send(account).failure().kind()).isEqualTo(Kind.RECONNECT_NEEDED);

    assertThat(fixture.kommo.refreshes()).isZero();
  }

  @Test
  void referencedTokenThatWasReplacedIsFoundAfterA401() throws Exception {
    fixture.kommo.behave(
        request ->
            "new-token".equals(request.token())
                ? Answer.of(202, "{}")
                : Answer.of(401, "{\"title\":\"Unauthorized\"}"));

    assertThat(send(fixture.account()).failure().kind()).isEqualTo(Kind.UNAUTHORIZED);
    fixture.environment.put("TOKEN", "new-token");
    assertThat(send(fixture.account()).isOk()).isTrue();
  }

  @Test
  void nothingPrintsATokenOrASecret() throws Exception {
    CrmAccount account = fixture.rotatingAccount(START);
    generation.set(7);

    assertThat(fixture.tokens().toString() + send(account) + account)
        .doesNotContain("access-1")
        .doesNotContain("refresh-1")
        .doesNotContain("client-secret");
  }

  private CrmReply<Written> send(CrmAccount account) throws Exception {
    return await(fixture.client.sendMessage(account, "174", "Hola"));
  }

  private static boolean isRefresh(Request request) {
    return request.path().endsWith("/oauth2/access_token");
  }

  /** Knows one pair at a time; a refresh gives the next one and forgets the last. */
  private Function<Request, Answer> vendor(
      Function<Request, Answer> api, String... alsoAcceptedOnce) {
    List<String> extra = new ArrayList<>(List.of(alsoAcceptedOnce));
    return request -> {
      if (!isRefresh(request)) {
        return ("access-" + generation).equals(request.token())
            ? api.apply(request)
            : Answer.of(401, "{\"title\":\"Unauthorized\",\"status\":401}");
      }
      synchronized (extra) {
        String presented = refreshToken(request);
        if (!presented.equals("refresh-" + generation) && !extra.remove(presented)) {
          return Answer.of(
              400,
              "{\"title\":\"Bad Request\",\"hint\":\"Token has been revoked\",\"status\":400}");
        }
        int next = generation.incrementAndGet();
        return Answer.of(
            200,
            "{\"token_type\":\"Bearer\",\"expires_in\":86400,\"access_token\":\"access-"
                + next
                + "\",\"refresh_token\":\"refresh-"
                + next
                + "\"}");
      }
    };
  }

  private static String refreshToken(Request request) {
    try {
      JsonNode body = JSON.readTree(request.body());
      return body.path("refresh_token").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
