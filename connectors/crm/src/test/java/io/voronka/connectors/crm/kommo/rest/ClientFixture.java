package io.voronka.connectors.crm.kommo.rest;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.InMemoryTokenStore;
import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.TokenStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A client, the server it talks to, its tokens, its environment and its clock. */
final class ClientFixture implements AutoCloseable {
  static final Instant START = Instant.parse("2026-05-01T10:00:00Z");

  private static final HttpLimits LIMITS =
      new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), 64 * 1024);

  final FakeKommo kommo = new FakeKommo();
  final InMemoryTokenStore store = new InMemoryTokenStore();
  final Map<String, String> environment =
      new ConcurrentHashMap<>(Map.of("TOKEN", "long-lived", "SECRET", "client-secret"));
  final ManualClock clock = new ManualClock();
  final KommoClient client;

  ClientFixture() throws IOException {
    client = another(store);
  }

  /** A client whose tokens are in another store; to be closed by the caller. */
  KommoClient another(TokenStore tokens) {
    return KommoClient.start(tokens, new Secrets(environment::get), clock, LIMITS);
  }

  /** The account with a token from the environment. */
  CrmAccount account() {
    return kommo.account("env:TOKEN");
  }

  /** The account with rotating tokens, put into the store. */
  CrmAccount rotatingAccount(Instant expiresAt) {
    store.put("acme-gmbh", "acme", tokens(expiresAt));
    return kommo.account("store");
  }

  static StoredTokens tokens(Instant expiresAt) {
    return new StoredTokens(
        "access-1",
        "refresh-1",
        expiresAt,
        1,
        new StoredTokens.OAuthClient("client-1", "env:SECRET", "https://voronka.test/oauth"));
  }

  StoredTokens tokens() {
    return store.find("acme-gmbh", "acme").orElseThrow();
  }

  static <T> CrmReply<T> await(CompletableFuture<CrmReply<T>> reply) throws Exception {
    return reply.get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    client.close();
    kommo.close();
  }

  /** Stands still until it is moved. */
  static final class ManualClock extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    void advance(Duration by) {
      now.updateAndGet(instant -> instant.plus(by));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }
}
