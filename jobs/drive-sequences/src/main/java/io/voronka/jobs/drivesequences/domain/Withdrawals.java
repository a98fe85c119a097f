package io.voronka.jobs.drivesequences.domain;

import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Withdrawal;

/** Actions that are taken back, as commands to the executor. */
public final class Withdrawals {
  private Withdrawals() {}

  /**
   * @param now the log's time, epoch milliseconds
   */
  public static CommandRequested command(Withdrawal withdrawal, Subject subject, long now) {
    return CommandRequested.newBuilder()
        .setCommandId(StableId.of("withdraw", withdrawal.actionId()))
        .setKind(CommandKind.WITHDRAW)
        .setTenantId(subject.tenantId())
        .setAccountId(subject.accountId())
        .setEntityType(subject.type())
        .setEntityId(subject.id())
        .setActor("sequence:" + withdrawal.sequenceId())
        .setRequestedAt(now)
        .setActionId(withdrawal.actionId())
        .setTarget(withdrawal.target())
        .build();
  }
}
