package io.voronka.jobs.executeactions.transport;

import io.voronka.connectors.crm.RequestPace;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.MailSenderRow;
import io.voronka.schemas.ScriptRow;
import io.voronka.schemas.SigningKeyRow;
import io.voronka.schemas.TenantRow;
import java.time.ZoneId;
import java.util.List;

/**
 * The control rows that an action is carried out with, as they are at its turn, and its part of the
 * budget.
 *
 * @param signingKey null: the action names none
 * @param mailSender null: it is no mail
 * @param agent null: it is no answer of an agent
 * @param scripts the agent's
 * @param pace of its requests to the CRM
 */
public record Means(
    TenantRow tenant,
    AccountRow account,
    SigningKeyRow signingKey,
    MailSenderRow mailSender,
    AgentRow agent,
    List<ScriptRow> scripts,
    RequestPace pace) {

  public Means {
    scripts = List.copyOf(scripts);
  }

  public static Means of(TenantRow tenant, AccountRow account) {
    return new Means(tenant, account, null, null, null, List.of(), RequestPace.UNLIMITED);
  }

  /** In which the tenant means days and times. */
  ZoneId zone() {
    return ZoneId.of(tenant.getTimeZone());
  }

  public Means with(SigningKeyRow key) {
    return new Means(tenant, account, key, mailSender, agent, scripts, pace);
  }

  public Means with(MailSenderRow sender) {
    return new Means(tenant, account, signingKey, sender, agent, scripts, pace);
  }

  public Means with(AgentRow answering, List<ScriptRow> known) {
    return new Means(tenant, account, signingKey, mailSender, answering, known, pace);
  }

  public Means at(RequestPace granted) {
    return new Means(tenant, account, signingKey, mailSender, agent, scripts, granted);
  }
}
