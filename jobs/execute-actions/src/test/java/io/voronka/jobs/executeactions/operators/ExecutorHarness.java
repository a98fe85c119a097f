package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.jobs.kit.testing.ControlledHarness;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.UsageEvent;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** The operator alone, with a hand-driven outside world, clock and mailbox. */
final class ExecutorHarness implements AutoCloseable {
  private final HandTransport transport;
  private final ControlledHarness<TargetInput, ActionCompleted> flink;

  private ExecutorHarness(HandTransport transport, OperatorSubtaskState state, long now)
      throws Exception {
    this.transport = transport;
    ExecuteActions operator = new ExecuteActions(transport, ExecutorSettings.standard());
    flink = ControlledHarness.open(operator, TargetInput::key, null, state, now);
  }

  /** A first start; no control row has arrived. */
  static ExecutorHarness start(HandTransport transport) throws Exception {
    return new ExecutorHarness(transport, null, Requests.NOW);
  }

  /** A first start with the rows of {@link Requests}. */
  static ExecutorHarness ready(HandTransport transport) throws Exception {
    ExecutorHarness harness = start(transport);
    harness.control(1, Requests.account().build());
    return harness;
  }

  /** From a snapshot, at a moment; no control row has arrived. */
  static ExecutorHarness restore(HandTransport transport, OperatorSubtaskState state, long now)
      throws Exception {
    return new ExecutorHarness(transport, state, now);
  }

  /** The same with the tenant and its account, a second later, when the whole budget is there. */
  static ExecutorHarness restored(HandTransport transport, OperatorSubtaskState state, long now)
      throws Exception {
    return restored(transport, state, now, Requests.account().build());
  }

  static ExecutorHarness restored(
      HandTransport transport, OperatorSubtaskState state, long now, AccountRow account)
      throws Exception {
    ExecutorHarness harness = restore(transport, state, now);
    harness.control(2, account);
    harness.timeIs(now + 1_000);
    harness.drainMailbox();
    return harness;
  }

  /** A complete copy of the control rows: the tenant and this account. */
  void control(long generation, AccountRow account) throws Exception {
    control(ControlRows.of(generation).tenant(Requests.tenant().build()).account(account));
  }

  /** A complete copy of these rows. */
  void control(ControlRows rows) throws Exception {
    flink.control(rows.rows());
    flink.control(rows.markers(ControlCopy.NEEDED.toArray(ControlTable[]::new)));
  }

  void control(ControlUpdate update) throws Exception {
    flink.control(List.of(update));
    flink.drainMailbox();
  }

  void request(ActionRequested request) throws Exception {
    flink.input(TargetInput.of(request), request.getFiredAt());
    flink.drainMailbox();
  }

  void withdraw(String actionId) throws Exception {
    flink.input(TargetInput.of(Requests.withdrawal(actionId)), Requests.NOW);
    flink.drainMailbox();
  }

  void spoken(CrmEvent event) throws Exception {
    flink.input(TargetInput.spoken(event), event.getReceivedAt());
  }

  void heard(CrmEvent event) throws Exception {
    flink.input(TargetInput.heard(event), event.getReceivedAt());
    flink.drainMailbox();
  }

  /** When those that wait were told to leave. */
  List<ActionQueued> queued() {
    return flink.side(ExecuteActions.QUEUED);
  }

  /** What is told to all others about who wants no more messages. */
  List<OptOutRow> optOuts() {
    return flink.side(ExecuteActions.OPT_OUTS).stream().map(ControlChange::getOptOut).toList();
  }

  /** Runs what answers have put into the mailbox. */
  void drainMailbox() throws Exception {
    flink.drainMailbox();
  }

  void timeIs(long moment) throws Exception {
    flink.clock(moment);
  }

  OperatorSubtaskState snapshot(long checkpointId) throws Exception {
    return flink.snapshot(checkpointId);
  }

  List<ActionCompleted> outcomes() {
    return List.copyOf(flink.output());
  }

  List<UsageEvent> usage() {
    return flink.side(ExecuteActions.USAGE);
  }

  HandTransport transport() {
    return transport;
  }

  int stateEntries() {
    return flink.stateEntries();
  }

  /** Ends the input, and waits as long as the operator does. */
  void finish() throws Exception {
    flink.finish();
  }

  /** As a killed task ends: without finishing. */
  @Override
  public void close() throws Exception {
    flink.kill();
  }
}
