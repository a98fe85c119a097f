package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.TenantRow;
import java.time.Duration;
import java.util.Optional;

/**
 * Judges once more, just before it is sent, whether an action is still allowed.
 *
 * <p>Paused effects <em>hold</em> an action: it is sent when the pause ends, or expires at its
 * {@code notAfter}. Refusing it would turn every short emergency stop into lost effects. A row that
 * is not there is waited for a little while, since it travels on another topic than the event that
 * caused the action. What a client may expect is {@link ClientGuard}'s.
 */
public final class Guard {
  private final Controls controls;
  private final GuardBook book;
  private final ClientGuard clients;
  private final long graceMillis;

  public Guard(Controls controls, GuardBook book, Duration grace) {
    this.controls = controls;
    this.book = book;
    this.clients = new ClientGuard(controls, book);
    this.graceMillis = grace.toMillis();
  }

  /** {@code until}: with HOLD, when to judge again if no control row changes before. */
  public record Verdict(Kind kind, Reason reason, long until) {
    /** What to do with the action now. */
    public enum Kind {
      SEND,
      HOLD,
      REFUSE,
      WITHDRAW
    }

    static Verdict send() {
      return new Verdict(Kind.SEND, null, 0);
    }

    static Verdict holdUntil(long moment) {
      return new Verdict(Kind.HOLD, null, moment);
    }

    static Verdict withdraw() {
      return new Verdict(Kind.WITHDRAW, Reason.TAKEN_BACK, 0);
    }

    static Verdict refuse(Reason reason) {
      return new Verdict(Kind.REFUSE, reason, 0);
    }
  }

  public Verdict judge(PendingAction action, long now) {
    // What was sent perhaps is looked for first; only then it is known whether there is something
    // to take back.
    if (!looksFirst(action) && book.withdrawn(action.id())) {
      return Verdict.withdraw();
    }
    Optional<TenantRow> tenant = controls.tenant(action.tenantId());
    if (tenant.isEmpty()) {
      return unknown(action, Reason.TENANT_UNKNOWN, now);
    }
    if (!tenant.get().getActive()) {
      return Verdict.refuse(Reason.TENANT_INACTIVE);
    }
    Optional<AccountRow> account = controls.account(action.tenantId(), action.accountId());
    if (account.isEmpty()) {
      return unknown(action, Reason.ACCOUNT_UNKNOWN, now);
    }
    if (!account.get().getActive()) {
      return Verdict.refuse(Reason.ACCOUNT_INACTIVE);
    }
    if (action.need() != null && !controls.has(action.need())) {
      return unknown(action, action.need().missing(), now);
    }
    // A rule may name an agent that is not there; only what the agent itself does needs it.
    Optional<AgentRow> agent =
        action.agentId() == null
            ? Optional.empty()
            : controls.agent(action.tenantId(), action.agentId());
    if (agent.isPresent() && !agent.get().getActive()) {
      return Verdict.refuse(Reason.AGENT_INACTIVE);
    }
    boolean paused =
        tenant.get().getEffectsPaused()
            || tenant.get().getPausedRules().contains(action.ruleId())
            || account.get().getEffectsPaused()
            || agent.map(AgentRow::getEffectsPaused).orElse(false);
    if (paused) {
      return Verdict.holdUntil(Long.MAX_VALUE);
    }
    return action.unsent()
        ? clients.judge(tenant.get(), account.get(), agent, action, now)
        : Verdict.send();
  }

  /** By which way it would leave now. */
  public Way way(PendingAction action) {
    return controls
        .account(action.tenantId(), action.accountId())
        .map(account -> Way.of(action.kind(), account))
        .orElse(Way.USUAL);
  }

  /** It leaves now. */
  public void sent(PendingAction action, long now) {
    clients.sent(action, now);
  }

  /**
   * What became of it.
   *
   * @param now epoch milliseconds
   */
  public void finished(PendingAction action, ActionOutcome outcome, long now) {
    if (outcome == ActionOutcome.CONFIRMED || outcome == ActionOutcome.MAYBE_SENT) {
      clients.sent(action, now);
    } else {
      clients.notSent(action);
    }
  }

  private static boolean looksFirst(PendingAction action) {
    return !action.unsent() && action.recheck() == Recheck.READ;
  }

  private Verdict unknown(PendingAction action, Reason reason, long now) {
    long until = action.seenAt() + graceMillis;
    return now < until ? Verdict.holdUntil(until) : Verdict.refuse(reason);
  }
}
