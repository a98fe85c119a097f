package io.voronka.infra.local.connect;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** Table {@code crm_hooks} of the control database, beside the accounts that it belongs to. */
public final class HookTable {
  private static final String ACCOUNT =
      "SELECT a.* FROM crm_accounts a"
          + " WHERE a.tenant_id = ? AND a.account_id = ? AND a.crm = 'kommo'";

  private static final String HOOKS =
      "SELECT a.*, h.gateway_url, h.webhook_token_reference, h.codes FROM crm_hooks h"
          + " JOIN crm_accounts a USING (tenant_id, account_id) JOIN tenants t USING (tenant_id)";

  private static final String SAVE =
      "INSERT INTO crm_hooks (tenant_id, account_id, gateway_url, webhook_token_reference, codes)"
          + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (tenant_id, account_id) DO UPDATE SET"
          + " gateway_url = EXCLUDED.gateway_url,"
          + " webhook_token_reference = EXCLUDED.webhook_token_reference, codes = EXCLUDED.codes,"
          + " connected_at = now()";

  private final DataSource database;

  public HookTable(DataSource database) {
    this.database = Objects.requireNonNull(database, "database");
  }

  /** A Kommo account, connected or not. */
  Optional<ControlAccount> account(String tenantId, String accountId) throws SQLException {
    return query(ACCOUNT, HookTable::account, tenantId, accountId).stream().findFirst();
  }

  Optional<ConnectedHook> find(String tenantId, String accountId) throws SQLException {
    return query(
            HOOKS + " WHERE a.tenant_id = ? AND a.account_id = ?",
            HookTable::hook,
            tenantId,
            accountId)
        .stream()
        .findFirst();
  }

  /** The subscriptions of all accounts that are in use. */
  List<ConnectedHook> inUse() throws SQLException {
    return query(
        HOOKS + " WHERE a.active AND t.active ORDER BY a.tenant_id, a.account_id", HookTable::hook);
  }

  void save(ConnectedHook hook) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SAVE)) {
      statement.setString(1, hook.account().tenantId());
      statement.setString(2, hook.account().accountId());
      statement.setString(3, hook.gatewayUrl());
      statement.setString(4, hook.webhookTokenReference());
      statement.setArray(5, connection.createArrayOf("text", hook.codes().toArray()));
      statement.executeUpdate();
    }
  }

  void forget(ControlAccount account) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "DELETE FROM crm_hooks WHERE tenant_id = ? AND account_id = ?")) {
      statement.setString(1, account.tenantId());
      statement.setString(2, account.accountId());
      statement.executeUpdate();
    }
  }

  private <T> List<T> query(String sql, RowReader<T> reader, String... parameters)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
    }
    return found;
  }

  private static ConnectedHook hook(ResultSet row) throws SQLException {
    return new ConnectedHook(
        account(row),
        row.getString("gateway_url"),
        row.getString("webhook_token_reference"),
        List.of((String[]) row.getArray("codes").getArray()));
  }

  private static ControlAccount account(ResultSet row) throws SQLException {
    return new ControlAccount(
        row.getString("tenant_id"),
        row.getString("account_id"),
        row.getString("subdomain"),
        row.getString("vendor_account_id"),
        row.getString("webhook_token_sha256"),
        URI.create(row.getString("api_base_url")),
        row.getString("token_reference"),
        row.getString("integration_user_id"));
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
