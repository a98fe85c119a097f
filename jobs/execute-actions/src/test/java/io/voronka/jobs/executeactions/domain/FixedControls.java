package io.voronka.jobs.executeactions.domain;

import io.voronka.jobs.executeactions.Requests;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.FrequencyCap;
import io.voronka.schemas.TenantRow;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of one tenant and its account, to be changed by a test. */
final class FixedControls implements Controls {
  private Optional<TenantRow> tenant = Optional.of(Requests.tenant().build());
  private Optional<AccountRow> account = Optional.of(Requests.account().build());

  private Optional<AgentRow> agent = Optional.empty();
  private final Set<String> optOuts = new HashSet<>();
  private final Set<Need> needs = new HashSet<>();

  void pauseAccount(boolean paused) {
    account = Optional.of(Requests.account().setEffectsPaused(paused).build());
  }

  void pauseTenant() {
    tenant = Optional.of(Requests.tenant().setEffectsPaused(true).build());
  }

  void quiet(String from, String to) {
    tenant = Optional.of(Requests.tenant().setQuietFrom(from).setQuietTo(to).build());
  }

  void cap(FrequencyCap messages, FrequencyCap mails) {
    tenant = Optional.of(Requests.tenant().setMessageCap(messages).setMailCap(mails).build());
  }

  void optOut(String recipient) {
    optOuts.add(recipient);
  }

  @Override
  public boolean optedOut(String tenantId, String recipient) {
    return optOuts.contains(recipient);
  }

  void integrationUser(String id) {
    account = Optional.of(Requests.account().setIntegrationUserId(id).build());
  }

  void pauseRule(String id) {
    tenant = Optional.of(Requests.tenant().setPausedRules(List.of(id)).build());
  }

  void deactivateAccount() {
    account = Optional.of(Requests.account().setActive(false).build());
  }

  void deactivateTenant() {
    tenant = Optional.of(Requests.tenant().setActive(false).build());
  }

  void forgetAccount() {
    account = Optional.empty();
  }

  void forgetTenant() {
    tenant = Optional.empty();
  }

  void agent(AgentRow row) {
    agent = Optional.of(row);
  }

  @Override
  public Optional<AgentRow> agent(String tenantId, String agentId) {
    return agent.filter(row -> row.getAgentId().equals(agentId));
  }

  void add(Need need) {
    needs.add(need);
  }

  @Override
  public boolean has(Need need) {
    return needs.contains(need);
  }

  @Override
  public Optional<TenantRow> tenant(String tenantId) {
    return tenant.filter(row -> row.getTenantId().equals(tenantId));
  }

  @Override
  public Optional<AccountRow> account(String tenantId, String accountId) {
    return account.filter(row -> row.getAccountId().equals(accountId));
  }
}
