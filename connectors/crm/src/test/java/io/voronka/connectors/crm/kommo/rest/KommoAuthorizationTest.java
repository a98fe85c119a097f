package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.VendorAccount;
import io.voronka.connectors.crm.kommo.rest.FakeKommo.Answer;
import io.voronka.connectors.crm.kommo.rest.FakeKommo.Request;
import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.StoredTokens.OAuthClient;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a code to tokens of a known account. */
class KommoAuthorizationTest {
  private static final String PAIR =
      "{\"token_type\":\"Bearer\",\"expires_in\":86400,\"access_token\":\"a-1\",\"refresh_token\":\"r-1\"}";
  private static final String ACCOUNT =
      "{\"id\":31337001,\"name\":\"Acme\",\"subdomain\":\"acme\",\"current_user_id\":11002299}";
  private static final OAuthClient CLIENT =
      new OAuthClient("client-1", "env:SECRET", "https://voronka.test/oauth");

  private ClientFixture fixture;
  private KommoHosts hosts;

  @BeforeEach
  void start() throws IOException {
    fixture = new ClientFixture();
    hosts = KommoHosts.ofVendor().and(fixture.kommo.base().getRawAuthority());
    fixture.kommo.behave(
        request -> Answer.of(200, request.path().endsWith("/account") ? ACCOUNT : PAIR));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aCodeGivesTokensAndSaysWhoseTheyAre() throws Exception {
    KommoAuthorization.Grant grant = exchange().value();

    assertThat(grant.tokens())
        .isEqualTo(new StoredTokens("a-1", "r-1", START.plusSeconds(86_400), 1, CLIENT));
    assertThat(grant.account())
        .isEqualTo(new VendorAccount("31337001", "acme", "Acme", "11002299"));
    Request asked = fixture.kommo.requests().get(0);
    assertThat(asked.call()).isEqualTo("POST /kommo/acme/oauth2/access_token");
    assertThat(new ObjectMapper().readTree(asked.body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"client_id\":\"client-1\",\"client_secret\":\"client-secret\",\"grant_type\":\"authorization_code\","
                        + "\"code\":\"code-1\",\"redirect_uri\":\"https://voronka.test/oauth\"}"));
    assertThat(fixture.kommo.requests().get(1))
        .isEqualTo(new Request("GET", "/kommo/acme/api/v4/account", "a-1", ""));
    assertThat(grant.toString()).doesNotContain("a-1").doesNotContain("r-1");
  }

  @Test
  void aStrangerIsToldNothing() {
    hosts = KommoHosts.ofVendor();

    CrmFailure failure = exchange().failure();

    assertThat(failure.kind()).isEqualTo(Kind.INVALID);
    assertThat(failure.detail()).contains("is no account's host below kommo.com");
    assertThat(fixture.kommo.requests()).isEmpty();
  }

  @Test
  void aSpentCodeNeedsAPerson() {
    fixture.kommo.answer(400, "{\"hint\":\"Authorization code has been revoked\",\"status\":400}");

    CrmFailure failure = exchange().failure();

    assertThat(failure.kind()).isEqualTo(Kind.RECONNECT_NEEDED);
    assertThat(failure.detail()).contains("refuses the code").contains("revoked");
  }

  @Test
  void aLostAnswerIsAskedForOnceMore() {
    AtomicInteger asked = new AtomicInteger();
    fixture.kommo.behave(
        request ->
            request.path().endsWith("/account")
                ? Answer.of(200, ACCOUNT)
                : asked.incrementAndGet() == 1 ? Answer.NONE : Answer.of(200, PAIR));

    assertThat(exchange().isOk()).isTrue();
    assertThat(asked).hasValue(2);
  }

  @Test
  void anUnresolvedSecretIsOurOwnTrouble() {
    fixture.environment.remove("SECRET");

    CrmFailure failure = exchange().failure();

    assertThat(failure.kind()).isEqualTo(Kind.TOKENS_UNAVAILABLE);
    assertThat(failure.detail()).contains("env:SECRET");
    assertThat(fixture.kommo.requests()).isEmpty();
  }

  @Test
  void tokensOfNobodyAreNoGrant() {
    fixture.kommo.behave(
        request -> Answer.of(200, request.path().endsWith("/account") ? "[]" : PAIR));
    assertThat(exchange().failure().kind()).isEqualTo(Kind.UNEXPECTED_ANSWER);

    fixture.kommo.behave(
        request ->
            request.path().endsWith("/account")
                ? Answer.of(402, "{\"title\":\"Payment Required\"}")
                : Answer.of(200, PAIR));
    assertThat(exchange().failure().kind()).isEqualTo(Kind.PAYMENT_REQUIRED);
  }

  private CrmReply<KommoAuthorization.Grant> exchange() {
    return fixture.client.authorization().exchange(hosts, fixture.kommo.base(), CLIENT, "code-1");
  }
}
