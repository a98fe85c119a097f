package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.CrmAccount;
import java.net.URI;

/**
 * An account as the control tables have it.
 *
 * @param vendorAccountId the vendor's number as text
 * @param webhookTokenSha256 lower-case hex
 * @param tokenReference store, env:NAME or file:/path
 * @param integrationUserId the user whose changes are our own; null when nobody has said
 */
record ControlAccount(
    String tenantId,
    String accountId,
    String subdomain,
    String vendorAccountId,
    String webhookTokenSha256,
    URI apiBase,
    String tokenReference,
    String integrationUserId) {

  /** {@code tenant/account}, for people. */
  String name() {
    return tenantId + '/' + accountId;
  }

  CrmAccount crm() {
    return new CrmAccount(tenantId, accountId, apiBase, tokenReference);
  }
}
