package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.CrmAccount;
import io.voronka.infra.local.imports.ImportException.Reason;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A CRM account that is imported.
 *
 * @param requestsPerSecond what the vendor grants our integration there, the import included
 */
record ImportedAccount(CrmAccount crm, int requestsPerSecond) {

  /**
   * The tenant's active accounts, or the one named.
   *
   * @param accountId null: all
   * @throws ImportException NO_SUCH_ACCOUNT when there is none
   */
  static List<ImportedAccount> of(Connection connection, String tenantId, String accountId)
      throws SQLException {
    List<ImportedAccount> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT account_id, api_base_url, token_reference, requests_per_second"
                + " FROM crm_accounts JOIN tenants USING (tenant_id)"
                + " WHERE tenant_id = ? AND (?::text IS NULL OR account_id = ?)"
                + " AND crm_accounts.active AND tenants.active ORDER BY account_id")) {
      query.setString(1, tenantId);
      query.setString(2, accountId);
      query.setString(3, accountId);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(
              new ImportedAccount(
                  new CrmAccount(
                      tenantId,
                      row.getString("account_id"),
                      URI.create(row.getString("api_base_url")),
                      row.getString("token_reference")),
                  row.getInt("requests_per_second")));
        }
      }
    }
    if (found.isEmpty()) {
      throw new ImportException(
          Reason.NO_SUCH_ACCOUNT,
          "there is no active account %s/%s; 'voronka get accounts' lists them"
              .formatted(tenantId, accountId == null ? "*" : accountId));
    }
    return found;
  }

  /** {@code tenant/account}, as people write it. */
  String key() {
    return crm.tenantId() + '/' + crm.accountId();
  }
}
