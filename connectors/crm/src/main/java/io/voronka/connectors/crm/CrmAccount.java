package io.voronka.connectors.crm;

import java.net.URI;
import java.util.Objects;

/**
 * One installed CRM, as far as a client needs to know it.
 *
 * @param apiBase scheme, host and base path without a slash at the end
 * @param tokenReference where the access token is: {@code store}, {@code env:NAME} or {@code
 *     file:/path}
 * @param pace at which the caller's budget lets it be asked
 */
public record CrmAccount(
    String tenantId, String accountId, URI apiBase, String tokenReference, RequestPace pace) {
  public CrmAccount {
    Objects.requireNonNull(tenantId, "tenantId");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(apiBase, "apiBase");
    Objects.requireNonNull(tokenReference, "tokenReference");
    Objects.requireNonNull(pace, "pace");
  }

  /** For callers who keep to the budget themselves. */
  public CrmAccount(String tenantId, String accountId, URI apiBase, String tokenReference) {
    this(tenantId, accountId, apiBase, tokenReference, RequestPace.UNLIMITED);
  }
}
