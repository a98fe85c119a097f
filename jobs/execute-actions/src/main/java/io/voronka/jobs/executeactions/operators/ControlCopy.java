package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.domain.Controls;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.TenantRow;
import java.util.Optional;
import java.util.Set;

/**
 * This task's copy of the tenants and accounts. Not in Flink state: the control source reads its
 * topics from the beginning at every start, and nothing is sent before the copy is whole again.
 */
final class ControlCopy implements Controls {
  static final Set<ControlTable> NEEDED = Set.of(ControlTable.TENANTS, ControlTable.ACCOUNTS);

  private final ControlSnapshot snapshot = new ControlSnapshot(NEEDED);

  void apply(ControlUpdate update) {
    update.applyTo(snapshot);
  }

  /** True when actions may be judged. */
  boolean ready() {
    return snapshot.ready();
  }

  @Override
  public Optional<TenantRow> tenant(String tenantId) {
    return snapshot.row(ControlTable.TENANTS, tenantId).map(ControlChange::getTenant);
  }

  @Override
  public Optional<AccountRow> account(String tenantId, String accountId) {
    return snapshot
        .row(ControlTable.ACCOUNTS, ControlKeys.account(tenantId, accountId))
        .map(ControlChange::getAccount);
  }
}
