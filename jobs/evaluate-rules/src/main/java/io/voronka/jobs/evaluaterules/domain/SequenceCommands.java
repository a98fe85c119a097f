package io.voronka.jobs.evaluaterules.domain;

import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;

/**
 * What rules ask of sequences, as commands. Written here and not by execute-actions: nothing
 * outside is changed by them, so they wait for no budget, and a stop must not stand behind a
 * message that is held until the morning.
 */
public final class SequenceCommands {
  private SequenceCommands() {}

  public static boolean isOne(ActionRequested action) {
    return action.getSequence() != null;
  }

  /** Under the action's id, so that a replay asks for the same once. */
  public static CommandRequested of(ActionRequested action) {
    return CommandRequested.newBuilder()
        .setCommandId(action.getId())
        .setKind(
            action.getKind() == ActionKind.START_SEQUENCE ? CommandKind.START : CommandKind.STOP)
        .setTenantId(action.getTenantId())
        .setAccountId(action.getAccountId())
        .setEntityType(action.getSubjectType())
        .setEntityId(action.getSubjectId())
        .setSequenceId(action.getSequence().getSequenceId())
        .setRunKey(action.getSequence().getRunKey())
        .setActor("rule:" + action.getRuleId())
        .setRequestedAt(action.getFiredAt())
        .setDecisionId(action.getDecisionId())
        .setEventId(action.getEventId())
        .setChainDepth(action.getChainDepth())
        .setNotAfter(action.getNotAfter())
        .build();
  }
}
