package io.voronka.jobs.executeactions;

import io.voronka.jobs.executeactions.operators.ExecuteActions;
import io.voronka.jobs.executeactions.operators.ExecutorSettings;
import io.voronka.jobs.executeactions.transport.ActionTransport;

/**
 * The data flow.
 *
 * <pre>
 *  actions.requested ──keyed by target──▶ execute-actions ──▶ actions.completed, usage.events
 *                                          ▲     │ ▲
 *  control.* (broadcast) ──────────────────┘     ▼ │ HTTP
 *                                          CRMs, webhooks
 * </pre>
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
            inputs.actions().records(), inputs.control().records(), transports, settings);
    outputs.completed().accept(results.completed());
    outputs.usage().accept(results.usage());
    outputs.rejected().accept(inputs.actions().rejected());
    outputs.rejectedControl().accept(inputs.control().rejected());
  }
}
