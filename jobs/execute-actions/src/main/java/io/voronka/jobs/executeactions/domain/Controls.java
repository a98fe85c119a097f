package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.TenantRow;
import java.util.Optional;

/** The control rows that say what may be sent where. */
public interface Controls {
  Optional<TenantRow> tenant(String tenantId);

  Optional<AccountRow> account(String tenantId, String accountId);

  boolean has(Need need);

  Optional<AgentRow> agent(String tenantId, String agentId);

  /**
   * Whether somebody does not want to be written to.
   *
   * @param recipient as {@code RecipientKeys} has it
   */
  boolean optedOut(String tenantId, String recipient);
}
