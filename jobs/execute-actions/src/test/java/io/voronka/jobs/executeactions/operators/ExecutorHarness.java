package io.voronka.jobs.executeactions.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.executeactions.Requests;
import io.voronka.jobs.kit.testing.ControlRows;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.OptOutRow;
import io.voronka.schemas.UsageEvent;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The operator alone, with a hand-driven outside world, clock and mailbox. */
final class ExecutorHarness implements AutoCloseable {
  private final HandTransport transport;
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, TargetInput, ControlUpdate, ActionCompleted>
      flink;

  private ExecutorHarness(HandTransport transport) throws Exception {
    this.transport = transport;
    ExecuteActions operator = new ExecuteActions(transport, ExecutorSettings.standard());
    flink =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            operator, TargetInput::key, null, Types.STRING);
    operator.setMailboxExecutor(
        new MailboxExecutorImpl(
            flink.getTaskMailbox(), TaskMailbox.MIN_PRIORITY, StreamTaskActionExecutor.IMMEDIATE));
    flink.setProcessingTime(Requests.NOW);
  }

  /** A first start; no control row has arrived. */
  static ExecutorHarness start(HandTransport transport) throws Exception {
    ExecutorHarness harness = new ExecutorHarness(transport);
    harness.flink.setup();
    harness.flink.initializeEmptyState();
    harness.flink.open();
    return harness;
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
    ExecutorHarness harness = new ExecutorHarness(transport);
    harness.flink.setProcessingTime(now);
    harness.flink.setup();
    harness.flink.initializeState(state);
    harness.flink.open();
    return harness;
  }

  /** A complete copy of the control rows: the tenant and this account. */
  void control(long generation, AccountRow account) throws Exception {
    control(ControlRows.of(generation).tenant(Requests.tenant().build()).account(account));
  }

  /** A complete copy of these rows. */
  void control(ControlRows rows) throws Exception {
    for (ControlUpdate update : rows.rows()) {
      flink.processElement2(update, 0);
    }
    for (ControlUpdate marker : rows.markers(ControlCopy.NEEDED.toArray(ControlTable[]::new))) {
      flink.processElement2(marker, 0);
    }
  }

  void control(ControlUpdate update) throws Exception {
    flink.processElement2(update, 0);
    drainMailbox();
  }

  void request(ActionRequested request) throws Exception {
    flink.processElement1(TargetInput.of(request), request.getFiredAt());
    drainMailbox();
  }

  void withdraw(String actionId) throws Exception {
    flink.processElement1(TargetInput.of(Requests.withdrawal(actionId)), Requests.NOW);
    drainMailbox();
  }

  void spoken(CrmEvent event) throws Exception {
    flink.processElement1(TargetInput.spoken(event), event.getReceivedAt());
  }

  void heard(CrmEvent event) throws Exception {
    flink.processElement1(TargetInput.heard(event), event.getReceivedAt());
    drainMailbox();
  }

  /** What is told to all others about who wants no more messages. */
  List<OptOutRow> optOuts() {
    Queue<StreamRecord<ControlChange>> heard = flink.getSideOutput(ExecuteActions.OPT_OUTS);
    return heard == null
        ? List.of()
        : heard.stream().map(record -> record.getValue().getOptOut()).toList();
  }

  /** Runs what answers have put into the mailbox. */
  void drainMailbox() throws Exception {
    TaskMailbox mailbox = flink.getTaskMailbox();
    var next = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
    while (next.isPresent()) {
      Mail mail = next.get();
      mail.run();
      next = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
    }
  }

  void timeIs(long moment) throws Exception {
    flink.setProcessingTime(moment);
    drainMailbox();
  }

  OperatorSubtaskState snapshot(long checkpointId) throws Exception {
    return flink.snapshot(checkpointId, Requests.NOW);
  }

  void completeCheckpoint(long checkpointId) throws Exception {
    flink.notifyOfCompletedCheckpoint(checkpointId);
    drainMailbox();
  }

  List<ActionCompleted> outcomes() {
    return List.copyOf(flink.extractOutputValues());
  }

  List<UsageEvent> usage() {
    Queue<StreamRecord<UsageEvent>> events = flink.getSideOutput(ExecuteActions.USAGE);
    return events == null ? List.of() : events.stream().map(StreamRecord::getValue).toList();
  }

  HandTransport transport() {
    return transport;
  }

  int stateEntries() {
    return flink.numKeyedStateEntries();
  }

  /** Ends the input, and waits as long as the operator does. */
  void finish() throws Exception {
    flink.getOperator().finish();
  }

  /** As a killed task ends: without finishing. */
  @Override
  public void close() throws Exception {
    flink.getOperator().close();
    flink.getEnvironment().close();
  }
}
