package io.voronka.jobs.executeactions;

import io.voronka.jobs.executeactions.operators.ExecuteActions;
import io.voronka.jobs.executeactions.operators.ExecutorSettings;
import io.voronka.jobs.executeactions.operators.GatherByTarget;
import io.voronka.jobs.executeactions.transport.ActionTransport;

/**
 * The data flow.
 *
 * <pre>
 *  actions.requested ──────┐
 *  commands.requested ─────┼─ gather-by-target ──▶ execute-actions ──▶ actions.completed, usage.events
 *  crm.events (of people) ─┘                        ▲     │ ▲            actions.queued, opt-outs.heard
 *  control.* (broadcast) ───────────────────────────┘     ▼ │ HTTP
 *                                                   CRMs, webhooks
 * </pre>
 *
 * <p>Records of {@code crm.events} that cannot be read are evaluate-rules' to reject: it reads all
 * of them.
 */
public final class ExecuteActionsPipeline {
  private ExecuteActionsPipeline() {}

  public static void assemble(
      ExecuteActionsInputs inputs,
      ExecuteActionsOutputs outputs,
      ActionTransport.Factory transports,
      ExecutorSettings settings) {
    ExecuteActions.Results results =
        ExecuteActions.attach(
            GatherByTarget.attach(
                inputs.actions().records(), inputs.commands().records(), inputs.events().records()),
            inputs.control().records(),
            transports,
            settings);
    outputs.completed().accept(results.completed());
    outputs.queued().accept(results.queued());
    outputs.usage().accept(results.usage());
    outputs.optOuts().accept(results.optOuts());
    outputs.rejected().accept(inputs.actions().rejected());
    outputs.rejectedCommands().accept(inputs.commands().rejected());
    outputs.rejectedControl().accept(inputs.control().rejected());
  }
}
