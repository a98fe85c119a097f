package io.voronka.jobs.executeactions.operators;

import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.CrmEvent;

/**
 * One thing that a target has to know; exactly one of the last four is set.
 *
 * @param key the target's
 * @param request an action to carry out
 * @param withdrawal takes an action back
 * @param spoken what a person wrote to a client
 * @param heard what a client wrote, in a word or two
 */
public record TargetInput(
    String key,
    ActionRequested request,
    CommandRequested withdrawal,
    CrmEvent spoken,
    CrmEvent heard) {

  static TargetInput of(ActionRequested request) {
    return new TargetInput(ActionKeys.of(request), request, null, null, null);
  }

  static TargetInput of(CommandRequested withdrawal) {
    return new TargetInput(withdrawal.getTarget(), null, withdrawal, null, null);
  }

  static TargetInput spoken(CrmEvent event) {
    return new TargetInput(account(event), null, null, event, null);
  }

  static TargetInput heard(CrmEvent event) {
    return new TargetInput(account(event), null, null, null, event);
  }

  private static String account(CrmEvent event) {
    return ActionKeys.account(event.getTenantId(), event.getAccountId());
  }
}
