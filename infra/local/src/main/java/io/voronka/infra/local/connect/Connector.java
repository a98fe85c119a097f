package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.Subscribed;
import io.voronka.connectors.crm.VendorAccount;
import io.voronka.connectors.crm.kommo.rest.KommoAuthorization;
import io.voronka.connectors.crm.kommo.rest.KommoClient;
import io.voronka.connectors.crm.kommo.rest.KommoHosts;
import io.voronka.connectors.crm.kommo.webhook.SubscriptionCodes;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.tokens.StoredTokens.OAuthClient;
import io.voronka.connectors.crm.tokens.TokenLookup;
import io.voronka.connectors.crm.tokens.TokenStore;
import io.voronka.connectors.crm.tokens.TokenStoreException;
import io.voronka.connectors.crm.trouble.TroubleAlerts;
import io.voronka.infra.local.connect.ConnectException.Reason;
import io.voronka.schemas.AlertRaised;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Connects one account: asks for a yes, exchanges its code, makes sure whose tokens these are,
 * stores them, and subscribes the gateway to the account's webhooks. What can be checked is checked
 * before the code, which is good for one exchange, is spent; each step can be made again.
 */
public final class Connector {
  private final Parts parts;
  private final Invitations invitations;
  private final TroubleAlerts alerts = new TroubleAlerts("connect");

  /**
   * @param hosts that a client's secret may be sent to
   */
  public record Parts(
      HookTable hooks,
      TokenStore tokens,
      KommoClient kommo,
      KommoHosts hosts,
      Secrets secrets,
      AlertLog log,
      Clock clock) {}

  /**
   * Where the webhooks go.
   *
   * @param gatewayUrl the gateway as the vendor reaches it, no slash at the end
   * @param tokenReference where the webhook token is: env:NAME or file:/path
   */
  public record Hook(String gatewayUrl, String tokenReference) {}

  public Connector(Parts parts) {
    this.parts = parts;
    this.invitations = new Invitations(parts.hosts(), parts.secrets());
  }

  /**
   * The address that an administrator of the account opens.
   *
   * @throws ConnectException NO_SUCH_ACCOUNT, or CODE_REFUSED when the client's secret is not there
   */
  public URI invitation(String tenantId, String accountId, OAuthClient client)
      throws ConnectException, SQLException {
    ControlAccount account = account(tenantId, accountId);
    return invitations.address(account, client);
  }

  /**
   * Exchanges the code of a yes and subscribes.
   *
   * @throws ConnectException before anything is stored, except HOOK_REFUSED: the tokens are good
   *     then, and {@link #subscribe} is enough to try again
   */
  public Connected connect(
      String tenantId, String accountId, OAuthClient client, Approval approval, Hook hook)
      throws ConnectException, SQLException, TokenStoreException {
    ControlAccount account = account(tenantId, accountId);
    if (!account.tokenReference().equals(TokenLookup.STORE)) {
      throw new ConnectException(
          Reason.TOKENS_ELSEWHERE,
          "account %s takes its token from %s; apply it with token: store, or leave the code away"
              .formatted(account.name(), account.tokenReference()));
    }
    HookAddress address = address(account, hook);
    invitations.check(account, client, approval);
    CrmReply<KommoAuthorization.Grant> grant =
        parts
            .kommo()
            .authorization()
            .exchange(parts.hosts(), account.apiBase(), client, approval.code());
    if (!grant.isOk()) {
      throw new ConnectException(Reason.CODE_REFUSED, "no tokens: " + grant.failure().detail());
    }
    VendorAccount vendor = grant.value().account();
    requireSame(account, vendor);
    parts.tokens().put(tenantId, accountId, grant.value().tokens());
    return subscribed(account, vendor, hook, address);
  }

  /**
   * Subscribes with the tokens that are there.
   *
   * @throws ConnectException NOT_CONNECTED when there are none that work
   */
  public Connected subscribe(String tenantId, String accountId, Hook hook)
      throws ConnectException, SQLException {
    ControlAccount account = account(tenantId, accountId);
    HookAddress address = address(account, hook);
    CrmReply<VendorAccount> vendor = parts.kommo().connection().readAccount(account.crm()).join();
    if (!vendor.isOk()) {
      throw new ConnectException(Reason.NOT_CONNECTED, said(account, vendor.failure()));
    }
    requireSame(account, vendor.value());
    return subscribed(account, vendor.value(), hook, address);
  }

  /**
   * Ends the subscription and stops watching it. The tokens stay.
   *
   * @return false when the vendor had none any more
   * @throws ConnectException NOT_CONNECTED when the account was never connected, or the vendor does
   *     not let us end it; it is watched on then
   */
  public boolean disconnect(String tenantId, String accountId)
      throws ConnectException, SQLException {
    ControlAccount account = account(tenantId, accountId);
    ConnectedHook hook =
        parts
            .hooks()
            .find(tenantId, accountId)
            .orElseThrow(
                () ->
                    new ConnectException(
                        Reason.NOT_CONNECTED, "account " + account.name() + " has no webhooks"));
    HookAddress address =
        address(account, new Hook(hook.gatewayUrl(), hook.webhookTokenReference()));
    CrmReply<Boolean> removed =
        parts.kommo().connection().unsubscribe(account.crm(), address.destination()).join();
    if (!removed.isOk()) {
      throw new ConnectException(Reason.NOT_CONNECTED, said(account, removed.failure()));
    }
    parts.hooks().forget(account);
    return removed.value();
  }

  private Connected subscribed(
      ControlAccount account, VendorAccount vendor, Hook hook, HookAddress address)
      throws ConnectException, SQLException {
    CrmReply<Subscribed> made =
        parts
            .kommo()
            .connection()
            .subscribe(account.crm(), address.destination(), SubscriptionCodes.UNDERSTOOD)
            .join();
    if (!made.isOk()) {
      throw new ConnectException(
          Reason.HOOK_REFUSED,
          "the tokens are good, but %s is not subscribed: %s; try again with --subscribe-only"
              .formatted(address, made.failure().detail()));
    }
    List<String> taken = made.value().subscription().codes();
    Optional<ConnectedHook> former = parts.hooks().find(account.tenantId(), account.accountId());
    parts.hooks().save(new ConnectedHook(account, hook.gatewayUrl(), hook.tokenReference(), taken));
    List<String> hints = hints(account, vendor);
    former
        .filter(old -> !old.gatewayUrl().equals(hook.gatewayUrl()))
        .flatMap(this::end)
        .ifPresent(hints::add);
    return new Connected(
        vendor,
        address.toString(),
        taken,
        made.value().refused(),
        resolveAlerts(account, hints),
        hints);
  }

  /**
   * Where the gateway has moved, the old place must not be told any more what happens in the
   * account: nobody watches it, and it may come to belong to somebody else.
   *
   * @return what to do when that did not work
   */
  private Optional<String> end(ConnectedHook former) {
    ControlAccount account = former.account();
    String failure;
    try {
      HookAddress address =
          address(account, new Hook(former.gatewayUrl(), former.webhookTokenReference()));
      CrmReply<Boolean> removed =
          parts.kommo().connection().unsubscribe(account.crm(), address.destination()).join();
      if (removed.isOk()) {
        return Optional.empty();
      }
      failure = removed.failure().detail();
    } catch (ConnectException e) {
      failure = e.getMessage();
    }
    return Optional.of(
        "webhooks also go to %s as before (%s): remove them in the account's settings"
            .formatted(former.gatewayUrl(), failure));
  }

  /** Everything that was wrong with the connection is over, the removed integration too. */
  private List<String> resolveAlerts(ControlAccount account, List<String> hints) {
    List<String> resolved = new ArrayList<>();
    AlertBook book = new AlertBook();
    try {
      parts.log().readNew(book::apply);
      for (AlertRaised open : book.open(account)) {
        parts.log().write(alerts.resolved(open, parts.clock().millis()));
        resolved.add(open.getTitle().getEn());
      }
    } catch (AlertLogException e) {
      hints.add("alerts about this account may stay open: " + e.getMessage());
    }
    return resolved;
  }

  private static List<String> hints(ControlAccount account, VendorAccount vendor) {
    List<String> hints = new ArrayList<>();
    if (!vendor.subdomain().equalsIgnoreCase(account.subdomain())) {
      hints.add(
          "the vendor calls the account %s, the control row %s: apply the new subdomain"
              .formatted(vendor.subdomain(), account.subdomain()));
    }
    String user = vendor.currentUserId();
    if (user != null && !user.equals(account.integrationUserId())) {
      hints.add(
          "our own changes come back as user %s: apply the account with integrationUserId: %s"
              .formatted(user, user));
    }
    return hints;
  }

  private ControlAccount account(String tenantId, String accountId)
      throws ConnectException, SQLException {
    return parts
        .hooks()
        .account(tenantId, accountId)
        .orElseThrow(
            () ->
                new ConnectException(
                    Reason.NO_SUCH_ACCOUNT,
                    "there is no Kommo account %s/%s; apply it first"
                        .formatted(tenantId, accountId)));
  }

  private HookAddress address(ControlAccount account, Hook hook) throws ConnectException {
    return HookAddress.of(hook.gatewayUrl(), hook.tokenReference(), parts.secrets(), account);
  }

  private static void requireSame(ControlAccount account, VendorAccount vendor)
      throws ConnectException {
    if (!vendor.id().equals(account.vendorAccountId())) {
      throw new ConnectException(
          Reason.OTHER_ACCOUNT,
          "the tokens open account %s (%s), not %s as %s says; nothing was stored"
              .formatted(
                  vendor.id(), vendor.subdomain(), account.vendorAccountId(), account.name()));
    }
  }

  private static String said(ControlAccount account, CrmFailure failure) {
    return "account %s: %s: %s".formatted(account.name(), failure.kind().label(), failure.detail());
  }
}
