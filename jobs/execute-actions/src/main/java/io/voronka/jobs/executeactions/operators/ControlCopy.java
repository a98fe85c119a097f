package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.domain.Controls;
import io.voronka.jobs.executeactions.domain.Need;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.TenantRow;
import java.util.Optional;
import java.util.Set;

/**
 * This task's copy of the control rows. Not in Flink state: the control source reads its topics
 * from the beginning at every start, and nothing is sent before the copy is whole again.
 */
public final class ControlCopy implements Controls {
  /** The tables that it is made of. */
  public static final Set<ControlTable> NEEDED =
      Set.of(
          ControlTable.TENANTS,
          ControlTable.ACCOUNTS,
          ControlTable.SIGNING_KEYS,
          ControlTable.MAIL_SENDERS);

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

  @Override
  public boolean has(Need need) {
    return snapshot.row(need.table(), need.key()).isPresent();
  }

  /** The rows that an action is carried out with, once the guard has let it pass. */
  Means means(ActionRequested request) {
    Optional<ControlChange> needed =
        Need.of(request).flatMap(need -> snapshot.row(need.table(), need.key()));
    return new Means(
        account(request.getTenantId(), request.getAccountId()).orElseThrow(),
        needed.map(ControlChange::getSigningKey).orElse(null),
        needed.map(ControlChange::getMailSender).orElse(null));
  }

  Optional<MailSenderRow> mailSender(String key) {
    return snapshot.row(ControlTable.MAIL_SENDERS, key).map(ControlChange::getMailSender);
  }
}
