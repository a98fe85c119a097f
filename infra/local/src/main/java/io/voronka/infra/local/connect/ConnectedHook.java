package io.voronka.infra.local.connect;

import java.util.List;

/**
 * An account's subscription as it should be.
 *
 * @param gatewayUrl the gateway as the vendor reaches it, no slash at the end
 * @param webhookTokenReference where the webhook token is: env:NAME or file:/path
 * @param codes what the vendor took
 */
record ConnectedHook(
    ControlAccount account, String gatewayUrl, String webhookTokenReference, List<String> codes) {
  ConnectedHook {
    codes = List.copyOf(codes);
  }
}
