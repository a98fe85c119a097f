package io.voronka.connectors.crm.tokens;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds an account's access token where its reference says, and refreshes it when it is due.
 * Blocks.
 */
public final class TokenLookup {
  private static final Logger LOG = LoggerFactory.getLogger(TokenLookup.class);

  /** Value of a token reference that means the token store. */
  public static final String STORE = "store";

  /** A token is replaced this long before its end, so that none expires on its way. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** How long a token from the environment or a file is used before it is looked up again. */
  private static final Duration REFERENCE_TTL = Duration.ofSeconds(60);

  /** How long the vendor is left alone after a refresh that failed. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** A token that is refused so soon after it was made will not be helped by another one. */
  private static final Duration YOUNG = Duration.ofSeconds(60);

  private final TokenStore store;
  private final TokenRefresher refresher;
  private final Secrets secrets;
  private final Clock clock;
  private final Map<String, FailedRefresh> failed = new ConcurrentHashMap<>();
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  /** The newest token that the vendor has given to us for an account. */
  private record Made(long version, Instant at) {}

  private record FailedRefresh(long version, CrmFailure failure, Instant until) {}

  /**
   * What a look-up came to.
   *
   * @param reply null when the vendor has to be asked first
   * @param due the pair that has to be refreshed then, else null
   * @param usable whether its access token may be sent should that fail
   * @param again whether the last refresh of this pair failed
   */
  record Found(CrmReply<AccessToken> reply, StoredTokens due, boolean usable, boolean again) {
    static Found of(CrmReply<AccessToken> reply) {
      return new Found(reply, null, false, false);
    }
  }

  /** One step of finding a token. */
  @FunctionalInterface
  private interface Step<T> {
    T take() throws TokenStoreException;
  }

  public TokenLookup(TokenStore store, TokenRefresher refresher, Secrets secrets, Clock clock) {
    this.store = Objects.requireNonNull(store, "store");
    this.refresher = Objects.requireNonNull(refresher, "refresher");
    this.secrets = Objects.requireNonNull(secrets, "secrets");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  boolean isGood(AccessToken token) {
    return clock.instant().isBefore(token.goodUntil());
  }

  static CrmFailure unavailable(String detail) {
    return CrmFailure.before(CrmFailure.Kind.TOKENS_UNAVAILABLE, 0, detail);
  }

  /**
   * Looks up, without asking the vendor.
   *
   * @param before token found last time, or null
   * @param refused newest version that the vendor has refused, below 0 for none
   */
  Found find(CrmAccount account, AccessToken before, long refused) {
    return step(
        account,
        () ->
            account.tokenReference().equals(STORE)
                ? stored(account, refused)
                : Found.of(referenced(account, before, refused)),
        Found::of);
  }

  /** Has the vendor replace what a look-up has found to be due. */
  CrmReply<AccessToken> refresh(CrmAccount account, Found found) {
    return step(account, () -> refreshed(account, found.due(), found.usable()), reply -> reply);
  }

  private <T> T step(
      CrmAccount account, Step<T> step, Function<CrmReply<AccessToken>, T> whenFailed) {
    try {
      return step.take();
    } catch (TokenStoreException e) {
      LOG.warn("{}", e.getMessage(), e);
      return whenFailed.apply(CrmReply.failed(unavailable(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.error("looking up the token of {}/{} failed", account.tenantId(), account.accountId(), e);
      return whenFailed.apply(
          CrmReply.failed(unavailable("looking up the token failed: " + e.getClass().getName())));
    }
  }

  private CrmReply<AccessToken> referenced(CrmAccount account, AccessToken before, long refused) {
    String value;
    try {
      value = secrets.resolve(SecretReference.parse(account.tokenReference()));
    } catch (UnresolvedSecretException | IllegalArgumentException e) {
      return CrmReply.failed(unavailable(e.getMessage()));
    }
    Instant goodUntil = clock.instant().plus(REFERENCE_TTL);
    if (before == null) {
      return CrmReply.of(new AccessToken(value, 1, goodUntil));
    }
    if (!before.value().equals(value)) {
      return CrmReply.of(new AccessToken(value, before.version() + 1, goodUntil));
    }
    return before.version() <= refused
        ? CrmReply.failed(
            CrmFailure.before(
                CrmFailure.Kind.UNAUTHORIZED,
                401,
                "the vendor refuses the token at " + account.tokenReference()))
        : CrmReply.of(new AccessToken(value, before.version(), goodUntil));
  }

  private Found stored(CrmAccount account, long refused) throws TokenStoreException {
    Optional<StoredTokens> found = store.find(account.tenantId(), account.accountId());
    if (found.isEmpty()) {
      return Found.of(
          CrmReply.failed(
              CrmFailure.before(
                  CrmFailure.Kind.RECONNECT_NEEDED,
                  0,
                  "the account has no tokens: it was never connected")));
    }
    StoredTokens tokens = found.get();
    boolean wasRefused = tokens.version() <= refused;
    if (!wasRefused && !isDue(tokens)) {
      return Found.of(CrmReply.of(token(tokens, tokens.expiresAt().minus(MARGIN))));
    }
    if (wasRefused && isYoung(account, tokens)) {
      return Found.of(
          CrmReply.failed(
              CrmFailure.before(
                  CrmFailure.Kind.UNAUTHORIZED, 401, "the vendor refuses a token just refreshed")));
    }
    boolean usable = !wasRefused && clock.instant().isBefore(tokens.expiresAt());
    FailedRefresh last = failed.get(key(account));
    boolean again = last != null && last.version() == tokens.version();
    if (again && clock.instant().isBefore(last.until())) {
      return Found.of(usable ? untilPauseEnds(tokens, last) : CrmReply.failed(whilePaused(last)));
    }
    return new Found(null, tokens, usable, again);
  }

  private CrmReply<AccessToken> refreshed(CrmAccount account, StoredTokens old, boolean usable)
      throws TokenStoreException {
    if (!old.canRefresh()) {
      return usable
          ? CrmReply.of(token(old, old.expiresAt()))
          : CrmReply.failed(
              CrmFailure.before(
                  CrmFailure.Kind.RECONNECT_NEEDED,
                  401,
                  "the token is used up and cannot be refreshed"));
    }
    try {
      StoredTokens replaced =
          store.rotate(
              account.tenantId(),
              account.accountId(),
              old.version(),
              current -> {
                StoredTokens fresh = refresher.refresh(account, current);
                made.put(key(account), new Made(fresh.version(), clock.instant()));
                return fresh;
              });
      failed.remove(key(account));
      return CrmReply.of(token(replaced, replaced.expiresAt().minus(MARGIN)));
    } catch (TokenRefreshException e) {
      LOG.warn(
          "refreshing the tokens of {}/{} failed: {}",
          account.tenantId(),
          account.accountId(),
          e.failure());
      FailedRefresh failure =
          new FailedRefresh(old.version(), beforeRequest(e.failure()), clock.instant().plus(PAUSE));
      failed.put(key(account), failure);
      return usable ? untilPauseEnds(old, failure) : CrmReply.failed(whilePaused(failure));
    }
  }

  /**
   * The vendor is not asked before the pause is over, so neither should the caller: trying in vain
   * meanwhile would only put its next try off beyond that.
   */
  private CrmFailure whilePaused(FailedRefresh last) {
    CrmFailure failure = last.failure();
    Duration left = Duration.between(clock.instant(), last.until());
    boolean longer = failure.retryAfter() != null && failure.retryAfter().compareTo(left) > 0;
    return longer || !failure.kind().isTransient() ? failure : failure.after(left);
  }

  /** Whatever became of the refresh, the request that needed it was not sent. */
  private static CrmFailure beforeRequest(CrmFailure refresh) {
    return new CrmFailure(
        refresh.kind(),
        refresh.status(),
        "refreshing the token: " + refresh.detail(),
        refresh.validationErrors(),
        refresh.retryAfter(),
        false);
  }

  /** The old token still works for a while, though it could not be replaced. */
  private static CrmReply<AccessToken> untilPauseEnds(StoredTokens tokens, FailedRefresh failure) {
    Instant until =
        failure.until().isBefore(tokens.expiresAt()) ? failure.until() : tokens.expiresAt();
    return CrmReply.of(token(tokens, until));
  }

  private boolean isYoung(CrmAccount account, StoredTokens tokens) {
    Made last = made.get(key(account));
    return last != null
        && last.version() == tokens.version()
        && clock.instant().isBefore(last.at().plus(YOUNG));
  }

  private boolean isDue(StoredTokens tokens) {
    return !clock.instant().plus(MARGIN).isBefore(tokens.expiresAt());
  }

  private static AccessToken token(StoredTokens tokens, Instant goodUntil) {
    return new AccessToken(tokens.accessToken(), tokens.version(), goodUntil);
  }

  private static String key(CrmAccount account) {
    return account.tenantId() + '|' + account.accountId();
  }
}
