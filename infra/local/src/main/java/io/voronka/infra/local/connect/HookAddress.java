package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.secrets.SecretReference;
import io.voronka.connectors.crm.secrets.Secrets;
import io.voronka.connectors.crm.secrets.UnresolvedSecretException;
import io.voronka.infra.local.connect.ConnectException.Reason;
import io.voronka.schemas.WebhookToken;
import java.util.regex.Pattern;

/** The address that an account's webhooks go to. It ends with the account's token: a secret. */
final class HookAddress {
  private static final Pattern GATEWAY =
      Pattern.compile("https?://[A-Za-z0-9.:_-]+(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?");

  /** What stands in a path as it is. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{16,512}");

  private static final String PATH = "/webhooks/kommo/";

  private final String gatewayUrl;
  private final String token;

  private HookAddress(String gatewayUrl, String token) {
    this.gatewayUrl = gatewayUrl;
    this.token = token;
  }

  /**
   * @throws ConnectException WEBHOOK_TOKEN when the token is not there, or is not the one whose
   *     hash the control row has: the gateway would refuse every webhook
   */
  static HookAddress of(
      String gatewayUrl, String tokenReference, Secrets secrets, ControlAccount account)
      throws ConnectException {
    if (!GATEWAY.matcher(gatewayUrl).matches()) {
      throw new ConnectException(
          Reason.HOOK_REFUSED,
          gatewayUrl + " is no address of a gateway: http(s), an ASCII host, no slash at the end");
    }
    String token;
    try {
      token = secrets.resolve(SecretReference.parse(tokenReference));
    } catch (UnresolvedSecretException | IllegalArgumentException e) {
      throw new ConnectException(Reason.WEBHOOK_TOKEN, "the webhook token: " + e.getMessage());
    }
    if (!TOKEN.matcher(token).matches()) {
      throw new ConnectException(
          Reason.WEBHOOK_TOKEN,
          "the webhook token must be 16 to 512 letters, digits, dots, dashes, tildes or underscores");
    }
    if (!WebhookToken.sha256(token).equals(account.webhookTokenSha256())) {
      throw new ConnectException(
          Reason.WEBHOOK_TOKEN,
          "the token at %s is not the one that account %s was applied with"
              .formatted(tokenReference, account.name()));
    }
    return new HookAddress(gatewayUrl, token);
  }

  /** For the vendor only. */
  String destination() {
    return gatewayUrl + PATH + token;
  }

  /** For people: without the token. */
  @Override
  public String toString() {
    return gatewayUrl + PATH + "…";
  }
}
