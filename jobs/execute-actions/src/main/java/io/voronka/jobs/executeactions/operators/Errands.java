package io.voronka.jobs.executeactions.operators;

import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.PendingAction;
import io.voronka.jobs.executeactions.domain.ReadResult;
import io.voronka.jobs.executeactions.domain.ReadWindow;
import io.voronka.jobs.executeactions.domain.SendResult;
import io.voronka.jobs.executeactions.domain.Step;
import io.voronka.jobs.executeactions.transport.ActionTransport;
import io.voronka.jobs.executeactions.transport.ActionTransport.Look;
import io.voronka.jobs.executeactions.transport.Means;
import io.voronka.schemas.ActionRequested;
import java.util.ArrayList;
import java.util.List;

/** What targets want sent, looked for or asked sets out from here, with what state holds of it. */
final class Errands {
  private final TaskThread task;
  private final ActionStore store;
  private final Targets targets;
  private final ExecutorMetrics metrics;
  private final Calls calls;
  private final JournaledSends journal;
  private final Heard heard;

  /** Is told what came back, in the task's thread; the key is the target's. */
  interface Heard {
    /** A result for each that left in one request. */
    void answered(String key, List<String> ids, List<SendResult> results) throws Exception;

    /** A result for each that was looked for in one request. */
    void seen(String key, List<String> ids, List<ReadResult> results) throws Exception;

    /** By the journal of sends, which was asked. */
    void told(String key, String id, JournalAnswer answer) throws Exception;

    /** It did not leave, for the journal did not take its attempt. */
    void notBegun(String key, String id, JournalAnswer answer) throws Exception;
  }

  Errands(
      TaskThread task,
      ActionStore store,
      Targets targets,
      ActionTransport transport,
      ExecutorMetrics metrics,
      Heard heard) {
    this.task = task;
    this.store = store;
    this.targets = targets;
    this.metrics = metrics;
    this.calls = new Calls(task, transport);
    this.journal = new JournaledSends(transport.journal(), calls);
    this.heard = heard;
  }

  void send(String key, Step step) throws Exception {
    List<ActionRequested> requests = new ArrayList<>();
    for (PendingAction action : step.actions()) {
      requests.add(store.request(action.id()));
    }
    metrics.sent(requests.size());
    Means means = targets.means(key, step.action(), requests.get(0));
    if (step.action().journaled()) {
      journal.send(
          step.action(),
          requests.get(0),
          means,
          results -> heard.answered(key, step.ids(), results),
          answer -> {
            countAbsence(answer);
            heard.notBegun(key, step.action().id(), answer);
          });
    } else {
      calls.send(requests, means, results -> heard.answered(key, step.ids(), results));
    }
  }

  void ask(String key, Step step) throws Exception {
    String id = step.action().id();
    journal.ask(
        step.action(),
        store.request(id),
        answer -> {
          countAbsence(answer);
          heard.told(key, id, answer);
        });
  }

  void read(String key, Step step) throws Exception {
    List<Look> looks = new ArrayList<>();
    for (PendingAction action : step.actions()) {
      ActionRequested request = store.request(action.id());
      looks.add(new Look(request, ReadWindow.since(request, action.progress(), task.now())));
    }
    metrics.read(looks.size());
    Means means = targets.means(key, step.action(), looks.get(0).request());
    calls.read(looks, means, results -> heard.seen(key, step.ids(), results));
  }

  /** An attempt was answered: the journal is told, if it has it. */
  void answered(Step step, ActionRequested request) {
    journal.answered(step, request);
  }

  private void countAbsence(JournalAnswer answer) {
    if (answer.kind() == JournalAnswer.Kind.AWAY) {
      metrics.journalUnavailable();
    }
  }
}
