package io.voronka.infra.sandbox.kommo.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.testing.SandboxWorld.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenEndpointTest {
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
  void aRefreshTokenIsGoodOnceAndRotates() throws IOException {
    Answer first = refresh(SandboxWorld.REFRESH);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(first.json().path("expires_in").asLong()).isEqualTo(86_400);
    String access = first.json().path("access_token").asText();
    assertThat(account(access).status()).isEqualTo(200);

    Answer again = refresh(SandboxWorld.REFRESH);
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.type()).isEqualTo("application/problem+json");
    assertThat(again.json().path("hint").asText()).isEqualTo("Token has been revoked");

    Answer next = refresh(first.json().path("refresh_token").asText());
    assertThat(next.status()).isEqualTo(200);
    assertThat(next.json().path("refresh_token")).isNotEqualTo(first.json().path("refresh_token"));
  }

  @Test
  void anAccessTokenLivesForADayAndSaysWhereItsAccountIs() throws IOException {
    world.client().freeze();
    String access = refresh(SandboxWorld.REFRESH).json().path("access_token").asText();
    String claims =
        new String(
            Base64.getUrlDecoder().decode(access.split("\\.")[1]),
            java.nio.charset.StandardCharsets.UTF_8);
    assertThat(claims).contains("\"api_domain\":\"api.kommo.com\"", "\"account_id\":31337001");

    world.client().advance(Duration.ofHours(24).minusMillis(1));
    assertThat(account(access).status()).isEqualTo(200);
    world.client().advance(Duration.ofMillis(1));
    assertThat(account(access).status()).isEqualTo(401);
  }

  @Test
  void aCodeIsGoodOnceForTwentyMinutes() throws IOException {
    world.client().freeze();
    String code = world.kommo().issueCode();
    String late = world.kommo().issueCode();

    assertThat(exchange("authorization_code", "code", code).status()).isEqualTo(200);
    Answer again = exchange("authorization_code", "code", code);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().path("hint").asText()).isEqualTo("Authorization code has been revoked");
    world.client().advance(Duration.ofMinutes(20));
    assertThat(exchange("authorization_code", "code", late).json().path("hint").asText())
        .isEqualTo("Authorization code has expired");
  }

  @Test
  void whatIsWrongIsHinted() throws IOException {
    assertThat(refresh("never-seen").status()).isEqualTo(401);
    assertThat(token("{}").json().path("hint").asText())
        .isEqualTo("Check the `client_id` parameter");
    assertThat(
            token(
                    "{\"client_id\":\"client-1\",\"client_secret\":\"bad\","
                        + "\"grant_type\":\"refresh_token\"}")
                .status())
        .isEqualTo(401);
  }

  @Test
  void noCredentialIsWrittenToTheBooks() throws IOException {
    Answer answer = refresh(SandboxWorld.REFRESH);
    account(SandboxWorld.ACCESS);

    assertThat(world.client().allLedger(0, Map.of()))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.kind()).isEqualTo("refresh_token");
              assertThat(line.client()).isEqualTo("client-1");
            });
    assertThat(Files.readString(data.resolve("ledger.jsonl")))
        .doesNotContain(
            SandboxWorld.CLIENT_SECRET,
            SandboxWorld.REFRESH,
            SandboxWorld.ACCESS,
            answer.json().path("access_token").asText(),
            answer.json().path("refresh_token").asText());
  }

  @Test
  void accessCanBeRevokedByHand() throws IOException {
    world.kommo().revokeAccessTokens();

    assertThat(account(SandboxWorld.ACCESS).status()).isEqualTo(401);
    assertThat(account(world.kommo().issueTokens().accessToken()).status()).isEqualTo(200);
  }

  private Answer account(String token) throws IOException {
    return world.call("GET", "/kommo/acme/api/v4/account", null, token, "application/json");
  }

  private Answer refresh(String token) throws IOException {
    return exchange("refresh_token", "refresh_token", token);
  }

  private Answer exchange(String grant, String name, String value) throws IOException {
    return token(
        String.format(
            "{\"client_id\":\"%s\",\"client_secret\":\"%s\",\"grant_type\":\"%s\","
                + "\"%s\":\"%s\",\"redirect_uri\":\"%s\"}",
            SandboxWorld.CLIENT_ID,
            SandboxWorld.CLIENT_SECRET,
            grant,
            name,
            value,
            SandboxWorld.REDIRECT));
  }

  private Answer token(String body) throws IOException {
    return world.call("POST", "/kommo/acme/oauth2/access_token", body, null, "application/json");
  }
}
