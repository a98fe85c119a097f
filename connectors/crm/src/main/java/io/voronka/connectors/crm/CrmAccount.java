package io.voronka.connectors.crm;

import java.net.URI;
import java.util.Objects;

/**
 * One installed CRM, as far as a client needs to know it.
 *
 * @param apiBase scheme, host and base path without a slash at the end
 * @param tokenReference where the access token is: {@code store}, {@code env:NAME} or {@code
 *     file:/path}
 */
public record CrmAccount(String tenantId, String accountId, URI apiBase, String tokenReference) {
  public CrmAccount {
    Objects.requireNonNull(tenantId, "tenantId");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(apiBase, "apiBase");
    Objects.requireNonNull(tokenReference, "tokenReference");
  }
}
