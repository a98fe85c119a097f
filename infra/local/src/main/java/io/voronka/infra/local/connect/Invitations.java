package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.kommo.rest.KommoAuthorization;
import io.voronka.connectors.crm.kommo.rest.KommoHosts;
import io.voronka.connectors.crm.secrets.HmacSignature;
import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.connectors.crm.tokens.StoredTokens.OAuthClient;
import io.voronka.infra.local.connect.ConnectException.Reason;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Asks an account's administrator, and knows the answer again. The state is signed with the
 * client's secret: nothing has to be remembered in between, and a code cannot be brought to another
 * account than the one that was asked about.
 */
final class Invitations {
  private static final int STATE_DIGITS = 32;

  private final KommoHosts hosts;
  private final Secrets secrets;

  Invitations(KommoHosts hosts, Secrets secrets) {
    this.hosts = hosts;
    this.secrets = secrets;
  }

  URI address(ControlAccount account, OAuthClient client) throws ConnectException {
    return KommoAuthorization.address(
        hosts, account.apiBase(), client.id(), state(account, client));
  }

  /**
   * Makes sure of what can be known before the code is spent.
   *
   * @throws ConnectException FOREIGN_REDIRECT when it answers another invitation, UNTRUSTED_HOST
   *     when the secret would go to a stranger
   */
  void check(ControlAccount account, OAuthClient client, Approval approval)
      throws ConnectException {
    if (approval.state() != null
        && !MessageDigest.isEqual(
            approval.state().getBytes(StandardCharsets.UTF_8),
            state(account, client).getBytes(StandardCharsets.UTF_8))) {
      throw new ConnectException(
          Reason.FOREIGN_REDIRECT,
          "the redirect does not answer the invitation to account " + account.name());
    }
    Optional<String> objection =
        approval.referer() == null
            ? hosts.objection(account.apiBase())
            : hosts.objection(account.apiBase(), approval.referer(), account.subdomain());
    if (objection.isPresent()) {
      throw new ConnectException(
          Reason.UNTRUSTED_HOST, "the client's secret is not sent: " + objection.get());
    }
  }

  private String state(ControlAccount account, OAuthClient client) throws ConnectException {
    try {
      String secret = secrets.resolve(SecretReference.parse(client.secretReference()));
      return HmacSignature.of(secret, "connect|" + account.tenantId() + '|' + account.accountId())
          .substring(0, STATE_DIGITS);
    } catch (UnresolvedSecretException | IllegalArgumentException e) {
      throw new ConnectException(Reason.CODE_REFUSED, "the client's secret: " + e.getMessage());
    }
  }
}
