package io.voronka.jobs.executeactions.operators;

import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;

/**
 * One thing that a target has to know; exactly one of the last three is set.
 *
 * @param key the target's
 * @param request an action to carry out
 * @param withdrawal takes an action back
 * @param spoken what a person wrote to a client
 */
public record TargetInput(
    String key, ActionRequested request, CommandRequested withdrawal, CrmEvent spoken) {

  static TargetInput of(ActionRequested request) {
    return new TargetInput(ActionKeys.of(request), request, null, null);
  }

  static TargetInput of(CommandRequested withdrawal) {
    return new TargetInput(withdrawal.getTarget(), null, withdrawal, null);
  }

  static TargetInput of(CrmEvent spoken) {
    String account = ActionKeys.account(spoken.getTenantId(), spoken.getAccountId());
    return new TargetInput(account, null, null, spoken);
  }
}
