package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.domain.Controls;
import io.voronka.jobs.executeactions.domain.Need;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.HeardOptOuts;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.ScriptRow;
import io.voronka.schemas.TenantRow;
import java.util.Comparator;
import java.util.List;
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
          ControlTable.MAIL_SENDERS,
          ControlTable.AGENTS,
          ControlTable.SCRIPTS,
          ControlTable.OPT_OUTS,
          ControlTable.HEARD_OPT_OUTS);

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
  public Optional<AgentRow> agent(String tenantId, String agentId) {
    return snapshot
        .row(ControlTable.AGENTS, ControlKeys.agent(tenantId, agentId))
        .map(ControlChange::getAgent);
  }

  @Override
  public boolean has(Need need) {
    return snapshot.row(need.table(), need.key()).isPresent();
  }

  @Override
  public boolean optedOut(String tenantId, String recipient) {
    return snapshot.row(ControlTable.OPT_OUTS, ControlKeys.optOut(tenantId, recipient)).isPresent()
        || heard(tenantId, recipient).filter(row -> !row.getUndone()).isPresent();
  }

  /** Whether it is new that a client has said so, at this moment, epoch milliseconds. */
  boolean heardAnew(String tenantId, String recipient, long saidAt) {
    return HeardOptOuts.tellsMore(heard(tenantId, recipient).orElse(null), saidAt);
  }

  private Optional<OptOutRow> heard(String tenantId, String recipient) {
    return snapshot
        .row(ControlTable.HEARD_OPT_OUTS, ControlKeys.optOut(tenantId, recipient))
        .map(ControlChange::getOptOut);
  }

  /** The rows that an action is carried out with, once the guard has let it pass. */
  Means means(ActionRequested request) {
    Means means =
        Means.of(
            tenant(request.getTenantId()).orElseThrow(),
            account(request.getTenantId(), request.getAccountId()).orElseThrow());
    return Need.of(request)
        .flatMap(need -> snapshot.row(need.table(), need.key()))
        .map(row -> with(means, row))
        .orElse(means);
  }

  private Means with(Means means, ControlChange row) {
    return switch (row.getTable()) {
      case SIGNING_KEYS -> means.with(row.getSigningKey());
      case MAIL_SENDERS -> means.with(row.getMailSender());
      case AGENTS -> means.with(row.getAgent(), scripts(row.getAgent()));
      default -> throw new IllegalArgumentException("nothing needs " + row.getTable());
    };
  }

  private List<ScriptRow> scripts(AgentRow agent) {
    return snapshot.rows(ControlTable.SCRIPTS).stream()
        .map(ControlChange::getScript)
        .filter(script -> script.getTenantId().equals(agent.getTenantId()))
        .filter(script -> script.getAgentId().equals(agent.getAgentId()))
        .sorted(Comparator.comparing(ScriptRow::getScriptId))
        .toList();
  }

  Optional<MailSenderRow> mailSender(String key) {
    return snapshot.row(ControlTable.MAIL_SENDERS, key).map(ControlChange::getMailSender);
  }
}
