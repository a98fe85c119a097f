package io.voronka.connectors.crm.tokens;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmReply;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The access token to send for an account, remembered while it is good.
 *
 * <p>However many requests find it too old at once, one look-up or refresh serves them all. Does
 * not block: looking up and refreshing happen on executors of their own, so that a vendor who does
 * not answer keeps nobody waiting but those whose tokens are due. Thread-safe.
 */
public final class AccessTokens {
  /** No token has this version: whatever is found will do. */
  private static final long NONE_REFUSED = -1;

  private final TokenLookup lookup;
  private final Executor lookups;
  private final Executor refreshes;
  private final Executor repeats;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  /**
   * @param lookups runs what waits for the store
   * @param refreshes runs what waits for the vendor, one at a time for each account
   * @param repeats as the other, for accounts whose last refresh failed: where a vendor does not
   *     answer for many, those alone shall wait for each other
   */
  public AccessTokens(TokenLookup lookup, Executor lookups, Executor refreshes, Executor repeats) {
    this.lookup = Objects.requireNonNull(lookup, "lookup");
    this.lookups = Objects.requireNonNull(lookups, "lookups");
    this.refreshes = Objects.requireNonNull(refreshes, "refreshes");
    this.repeats = Objects.requireNonNull(repeats, "repeats");
  }

  /** A token that is thought to be good, or why there is none. */
  public CompletableFuture<CrmReply<AccessToken>> current(CrmAccount account) {
    return slot(account).obtain(account, NONE_REFUSED);
  }

  /** Another token than this one, which the vendor has refused, or why there is none. */
  public CompletableFuture<CrmReply<AccessToken>> insteadOf(
      CrmAccount account, AccessToken refused) {
    return slot(account).obtain(account, refused.version());
  }

  private Slot slot(CrmAccount account) {
    // the reference too: another reference is another token
    return slots.computeIfAbsent(
        account.tenantId() + '|' + account.accountId() + '|' + account.tokenReference(),
        key -> new Slot());
  }

  /** One account's token and the one look-up that may be under way. */
  private final class Slot {
    private AccessToken known;
    private CompletableFuture<CrmReply<AccessToken>> running;

    private CompletableFuture<CrmReply<AccessToken>> obtain(CrmAccount account, long refused) {
      CompletableFuture<CrmReply<AccessToken>> mine;
      AccessToken before;
      synchronized (this) {
        if (known != null && known.version() > refused && lookup.isGood(known)) {
          return CompletableFuture.completedFuture(CrmReply.of(known));
        }
        if (running != null) {
          return running.thenCompose(
              reply ->
                  reply.isOk() && reply.value().version() <= refused
                      ? obtain(account, refused)
                      : CompletableFuture.completedFuture(reply));
        }
        mine = new CompletableFuture<>();
        running = mine;
        before = known;
      }
      run(lookups, mine, () -> found(account, mine, lookup.find(account, before, refused)));
      return mine;
    }

    private void found(
        CrmAccount account,
        CompletableFuture<CrmReply<AccessToken>> mine,
        TokenLookup.Found found) {
      if (found.due() == null) {
        finish(mine, found.reply());
      } else {
        Executor executor = found.again() ? repeats : refreshes;
        run(executor, mine, () -> finish(mine, lookup.refresh(account, found)));
      }
    }

    private void run(
        Executor executor, CompletableFuture<CrmReply<AccessToken>> mine, Runnable step) {
      try {
        executor.execute(step);
      } catch (RuntimeException e) {
        finish(mine, CrmReply.failed(TokenLookup.unavailable("the client is closed")));
      }
    }

    private void finish(
        CompletableFuture<CrmReply<AccessToken>> mine, CrmReply<AccessToken> reply) {
      synchronized (this) {
        if (reply.isOk()) {
          known = reply.value();
        }
        running = null;
      }
      mine.complete(reply);
    }
  }
}
