package io.voronka.connectors.crm.kommo.rest;

import static io.voronka.connectors.crm.kommo.rest.ClientFixture.START;
import static io.voronka.connectors.crm.kommo.rest.ClientFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmFailure.Kind;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Written;
import io.voronka.connectors.crm.tokens.InMemoryTokenStore;
import io.voronka.connectors.crm.tokens.StoredTokens;
import io.voronka.connectors.crm.tokens.TokenRefreshException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Accounts whose vendor does not answer a refresh keep those waiting whose vendor does not either.
 */
class HangingRefreshTest {
  private final CountDownLatch over = new CountDownLatch(1);
  private final HangingStore store = new HangingStore();
  private ClientFixture fixture;
  private KommoClient client;

  @BeforeEach
  void start() throws IOException {
    fixture = new ClientFixture();
    fixture.kommo.answer(202, "{}");
    client = fixture.another(store);
  }

  @AfterEach
  void stop() {
    over.countDown();
    client.close();
    fixture.close();
  }

  @Test
  void aDozenThatHangAtOnceKeepNoOtherWaiting() throws Exception {
    List<CompletableFuture<CrmReply<Written>>> stalled = send("hangs", 12);

    assertThat(await(send("good", 1).get(0)).isOk()).isTrue();

    assertThat(stalled).noneMatch(CompletableFuture::isDone);
    over.countDown();
    for (CompletableFuture<CrmReply<Written>> reply : stalled) {
      assertThat(await(reply).failure().kind()).isEqualTo(Kind.TIMEOUT);
    }
  }

  @Test
  void howeverManyHangAgainKeepNoOtherWaiting() throws Exception {
    store.hanging = false;
    for (CompletableFuture<CrmReply<Written>> reply : send("hangs", 60)) {
      assertThat(await(reply).failure().kind()).isEqualTo(Kind.TIMEOUT);
    }
    store.hanging = true;
    fixture.clock.advance(Duration.ofSeconds(6));
    List<CompletableFuture<CrmReply<Written>>> stalled = send("hangs", 60);

    assertThat(await(send("good", 1).get(0)).isOk()).isTrue();

    assertThat(stalled).noneMatch(CompletableFuture::isDone);
  }

  private List<CompletableFuture<CrmReply<Written>>> send(String name, int accounts) {
    List<CompletableFuture<CrmReply<Written>>> replies = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      String id = name + i;
      if (store.find("acme-gmbh", id).isEmpty()) {
        store.put("acme-gmbh", id, ClientFixture.tokens(START));
      }
      CrmAccount account = new CrmAccount("acme-gmbh", id, fixture.kommo.base(), "store");
      replies.add(client.sendMessage(account, "174", "Hola"));
    }
    return replies;
  }

  /** Asks no vendor: accounts named {@code hangs…} get no answer, all others a new pair at once. */
  private final class HangingStore extends InMemoryTokenStore {
    private volatile boolean hanging = true;

    @Override
    public StoredTokens rotate(
        String tenantId, String accountId, long seenVersion, Rotation rotation)
        throws TokenRefreshException {
      if (!accountId.startsWith("hangs")) {
        StoredTokens old = find(tenantId, accountId).orElseThrow();
        put(
            tenantId,
            accountId,
            new StoredTokens("access-2", "refresh-2", START.plusSeconds(86_400), 2, old.client()));
        return find(tenantId, accountId).orElseThrow();
      }
      try {
        if (hanging) {
          over.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new TokenRefreshException(CrmFailure.uncertain(Kind.TIMEOUT, 0, "no answer"));
    }
  }
}
