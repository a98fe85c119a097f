package io.voronka.schemas;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Kafka keys of {@code actions.requested} and {@code actions.completed}: one key is one target with
 * one request budget, so that one place sees the whole budget and no tenant waits behind another.
 */
public final class ActionKeys {
  private static final String NO_HOST = "!no-host";

  private ActionKeys() {}

  /**
   * {@code tenant|account}; {@code tenant|//host[:port]} for a webhook, {@code
   * tenant|//mail/sender} for mail.
   */
  public static String of(ActionRequested action) {
    if (action.getKind() == ActionKind.WEBHOOK && action.getWebhook() != null) {
      return host(action.getTenantId(), action.getWebhook().getUrl());
    }
    return action.getKind() == ActionKind.SEND_EMAIL && action.getSendEmail() != null
        ? mail(action.getTenantId(), action.getSendEmail().getSenderId())
        : account(action.getTenantId(), action.getAccountId());
  }

  public static String account(String tenantId, String accountId) {
    return tenantId + '|' + accountId;
  }

  /**
   * The slashes keep hosts apart from accounts, which are slugs. An address without a host has a
   * key too: its action must reach the executor to be refused with a reason.
   */
  public static String host(String tenantId, String url) {
    return tenantId + "|//" + authority(url);
  }

  /** No host has a slash in it. */
  public static String mail(String tenantId, String senderId) {
    return tenantId + "|//mail/" + senderId;
  }

  private static String authority(String url) {
    try {
      URI uri = WebhookAddress.parse(url);
      if (uri.getHost() == null) {
        return NO_HOST;
      }
      String host = uri.getHost().toLowerCase(Locale.ROOT);
      return uri.getPort() < 0 || uri.getPort() == defaultPort(uri)
          ? host
          : host + ':' + uri.getPort();
    } catch (URISyntaxException e) {
      return NO_HOST;
    }
  }

  private static int defaultPort(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
