package io.voronka.infra.local.apply;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Stops the effects of a part of the world, and lets them go on. */
public final class Pauses {
  private final Connection connection;

  public Pauses(Connection connection) {
    this.connection = connection;
  }

  /**
   * What is paused; exactly one of the last three may be given, and then with the tenant.
   *
   * @param tenant null: everybody
   */
  public record Scope(String tenant, String account, String agent, String rule) {
    @Override
    public String toString() {
      if (tenant == null) {
        return "all tenants";
      }
      if (account != null) {
        return "account " + tenant + "/" + account;
      }
      if (agent != null) {
        return "agent " + tenant + "/" + agent;
      }
      return rule == null ? "tenant " + tenant : "rule " + tenant + "/" + rule;
    }
  }

  /**
   * @return how many rows say something else now; 0: it was so already
   * @throws IllegalArgumentException when there is no such thing
   */
  public int set(Scope scope, boolean paused) throws SQLException {
    if (!exists(scope)) {
      throw new IllegalArgumentException("there is no " + scope);
    }
    if (scope.rule() != null) {
      // Two question marks are PostgreSQL's operator "has", one is a parameter.
      return paused
          ? update(
              "UPDATE tenants SET paused_rules = paused_rules || to_jsonb(?::text)"
                  + " WHERE tenant_id = ? AND NOT paused_rules ?? ?",
              scope.rule(),
              scope.tenant(),
              scope.rule())
          : update(
              "UPDATE tenants SET paused_rules = paused_rules - ?::text"
                  + " WHERE tenant_id = ? AND paused_rules ?? ?",
              scope.rule(),
              scope.tenant(),
              scope.rule());
    }
    String change = " SET effects_paused = ? WHERE effects_paused <> ?";
    if (scope.tenant() == null) {
      return update("UPDATE tenants" + change, paused, paused);
    }
    String ofTenant = change + " AND tenant_id = ?";
    if (scope.account() != null) {
      return update(
          "UPDATE crm_accounts" + ofTenant + " AND account_id = ?",
          paused,
          paused,
          scope.tenant(),
          scope.account());
    }
    return scope.agent() != null
        ? update(
            "UPDATE agents" + ofTenant + " AND agent_id = ?",
            paused,
            paused,
            scope.tenant(),
            scope.agent())
        : update("UPDATE tenants" + ofTenant, paused, paused, scope.tenant());
  }

  private boolean exists(Scope scope) throws SQLException {
    if (scope.tenant() == null) {
      return true;
    }
    Statements statements = new Statements(connection);
    if (scope.account() != null) {
      return 0
          < statements.number(
              "SELECT count(*) FROM crm_accounts WHERE tenant_id = ? AND account_id = ?",
              scope.tenant(),
              scope.account());
    }
    if (scope.agent() != null) {
      return 0
          < statements.number(
              "SELECT count(*) FROM agents WHERE tenant_id = ? AND agent_id = ?",
              scope.tenant(),
              scope.agent());
    }
    return scope.rule() != null
        ? 0
            < statements.number(
                "SELECT count(*) FROM rules WHERE tenant_id = ? AND rule_id = ?",
                scope.tenant(),
                scope.rule())
        : 0 < statements.number("SELECT count(*) FROM tenants WHERE tenant_id = ?", scope.tenant());
  }

  private int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }
}
