package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.AgentRow;
import io.voronka.schemas.RecipientKeys;
import io.voronka.schemas.TenantRow;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a client may expect of us: not to be written to after saying stop, not to be talked to by an
 * agent while a person does, to be left in peace at night, not to be flooded.
 *
 * <p>Quiet hours are waited for: the message is as good in the morning. All else refuses at once.
 * What waited for a cap would come a day late, in front of what is new, and would hold up all that
 * follows it for the same lead; a sequence that is told goes on with its next step.
 */
final class ClientGuard {
  private final Controls controls;
  private final GuardBook book;
  private final FrequencyCaps caps;

  ClientGuard(Controls controls, GuardBook book) {
    this.controls = controls;
    this.book = book;
    this.caps = new FrequencyCaps(book);
  }

  Guard.Verdict judge(
      TenantRow tenant,
      AccountRow account,
      Optional<AgentRow> agent,
      PendingAction action,
      long now) {
    if (!Addressee.reached(action.kind())) {
      return Guard.Verdict.send();
    }
    if (optedOut(action)) {
      return Guard.Verdict.refuse(Reason.OPTED_OUT);
    }
    if (agent.isPresent() && humanTookOver(agent.get(), account, action, now)) {
      return Guard.Verdict.refuse(Reason.HUMAN_TOOK_OVER);
    }
    if (!Addressee.ofOurOwnAccord(action.kind())) {
      return Guard.Verdict.send();
    }
    OptionalLong quietUntil =
        QuietHours.of(tenant).map(hours -> hours.endAfter(now)).orElse(OptionalLong.empty());
    if (quietUntil.isPresent()) {
      return quietUntil.getAsLong() <= action.notAfter()
          ? Guard.Verdict.holdUntil(quietUntil.getAsLong())
          : Guard.Verdict.refuse(Reason.QUIET_HOURS);
    }
    return caps.reached(tenant, action, now)
        ? Guard.Verdict.refuse(Reason.FREQUENCY_CAP)
        : Guard.Verdict.send();
  }

  void sent(PendingAction action, long now) {
    caps.sent(action, now);
  }

  void notSent(PendingAction action) {
    caps.notSent(action);
  }

  private boolean optedOut(PendingAction action) {
    Stream<String> places =
        action.addressee().places().stream()
            .map(place -> RecipientKeys.place(action.accountId(), place));
    return Stream.concat(action.addressee().names().stream(), places)
        .anyMatch(name -> controls.optedOut(action.tenantId(), name));
  }

  /**
   * Whether a person has written where the agent would. What the integration's own user says is
   * ours; where that user is not known, nothing can be told apart, and the agent goes on.
   */
  private boolean humanTookOver(
      AgentRow agent, AccountRow account, PendingAction action, long now) {
    if (agent.getSilentAfterHumanMillis() == 0
        || account.getIntegrationUserId() == null
        || action.kind() == ActionKind.SEND_EMAIL) {
      return false;
    }
    for (String place : action.addressee().places()) {
      for (Map.Entry<String, Long> writer : book.writers(place).entrySet()) {
        if (!writer.getKey().equals(account.getIntegrationUserId())
            && writer.getValue() + agent.getSilentAfterHumanMillis() > now) {
          return true;
        }
      }
    }
    return false;
  }
}
