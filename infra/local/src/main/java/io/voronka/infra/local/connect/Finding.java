package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.CrmFailure;
import io.voronka.connectors.crm.CrmReply;
import io.voronka.connectors.crm.WebhookSubscription;
import io.voronka.connectors.crm.trouble.Trouble;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one look at an account's subscription has shown.
 *
 * @param trouble empty when all is well
 * @param parameters what the trouble's words need
 */
record Finding(Optional<Trouble> trouble, Map<String, String> parameters) {
  static final Finding HEALTHY = new Finding(Optional.empty(), Map.of());

  private static final Set<Trouble> OF_THE_HOOK =
      EnumSet.of(Trouble.HOOK_DISABLED, Trouble.HOOK_MISSING, Trouble.HOOK_INCOMPLETE);

  private static final Set<Trouble> OF_THE_WAY =
      EnumSet.of(Trouble.CRM_UNREACHABLE, Trouble.HOOK_UNCHECKED);

  static Finding of(
      CrmReply<Optional<WebhookSubscription>> reply, HookAddress address, List<String> wanted) {
    if (!reply.isOk()) {
      return failed(reply.failure());
    }
    Map<String, String> where = Map.of("address", address.toString());
    Optional<WebhookSubscription> found = reply.value();
    if (found.isEmpty()) {
      return new Finding(Optional.of(Trouble.HOOK_MISSING), where);
    }
    if (found.get().disabled()) {
      return new Finding(Optional.of(Trouble.HOOK_DISABLED), where);
    }
    List<String> lacking =
        wanted.stream().filter(code -> !found.get().codes().contains(code)).toList();
    return lacking.isEmpty()
        ? HEALTHY
        : new Finding(
            Optional.of(Trouble.HOOK_INCOMPLETE),
            Map.of("address", address.toString(), "codes", String.join(", ", lacking)));
  }

  /** Nothing could be asked, for a reason of our own. */
  static Finding unchecked(String reason) {
    return new Finding(Optional.of(Trouble.HOOK_UNCHECKED), Map.of("reason", reason));
  }

  private static Finding failed(CrmFailure failure) {
    Trouble trouble =
        switch (failure.kind()) {
          case UNAUTHORIZED, RECONNECT_NEEDED, PAYMENT_REQUIRED, FORBIDDEN ->
              Trouble.CRM_ACCESS_LOST;
          case ADDRESS_BLOCKED, TOO_MANY_REQUESTS, SERVER_ERROR, TIMEOUT, CONNECTION ->
              Trouble.CRM_UNREACHABLE;
          case TOKENS_UNAVAILABLE, NOT_FOUND, INVALID, UNEXPECTED_ANSWER -> Trouble.HOOK_UNCHECKED;
        };
    return new Finding(
        Optional.of(trouble), Map.of("reason", failure.kind().label() + ": " + failure.detail()));
  }

  /** Something that subscribing once more may heal. */
  boolean isOfTheHook() {
    return trouble.filter(OF_THE_HOOK::contains).isPresent();
  }

  /**
   * True when this finding shows that another trouble is over. That an integration was removed is
   * not over before somebody connects the account again: a token may outlive its integration.
   */
  boolean proves(Trouble over) {
    if (over == Trouble.INTEGRATION_UNINSTALLED || trouble.equals(Optional.of(over))) {
      return false;
    }
    if (trouble.isEmpty() || isOfTheHook()) {
      return true;
    }
    return trouble.get() == Trouble.CRM_ACCESS_LOST && OF_THE_WAY.contains(over);
  }
}
