package io.voronka.sequences.simulation;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Command;
import io.voronka.sequences.domain.Driven;
import io.voronka.sequences.domain.Enrolments;
import io.voronka.sequences.domain.Input;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.Start;
import io.voronka.sequences.domain.Withdrawal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * One lead under a set of sequences, and the log's clock, which goes only when it is told to. What
 * is due comes when it is due, that of before an event's time before it, as in the job.
 */
public final class LeadRun {
  private final Subject subject;
  private final AccountSetting setting;
  private final Effects effects;
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(Comparator.comparingLong(Pending::at).thenComparingLong(Pending::number));
  private final List<ActionRequested> sent = new ArrayList<>();
  private final List<SequenceProgressed> progress = new ArrayList<>();
  private SequenceSet sequences;
  private Enrolments enrolments = Enrolments.NONE;
  private SubjectState state;
  private long now;
  private long settledAt;
  private long asked;

  /** An outcome on its way. */
  private record Pending(long at, long number, ActionRequested action, Effects.Effect effect) {}

  /**
   * @param before what is known of the subject
   * @param now epoch milliseconds
   */
  public LeadRun(
      SequenceSet sequences,
      Subject subject,
      SubjectState before,
      long now,
      AccountSetting setting,
      Effects effects) {
    this.sequences = sequences;
    this.subject = subject;
    this.state = before;
    this.now = now;
    this.settledAt = now;
    this.setting = setting;
    this.effects = effects;
  }

  /** The log's time, epoch milliseconds. */
  public long now() {
    return now;
  }

  public Enrolments enrolments() {
    return enrolments;
  }

  public SubjectState state() {
    return state;
  }

  /** All that happened so far. */
  public List<SequenceProgressed> progress() {
    return List.copyOf(progress);
  }

  /** The actions that were asked for and not taken back in time, in their order. */
  public List<ActionRequested> sent() {
    return List.copyOf(sent);
  }

  /** When something is due if nothing else happens, epoch milliseconds; far ahead when never. */
  public long nextDue() {
    long outcome = pending.isEmpty() ? Long.MAX_VALUE : pending.peek().at();
    long published = enrolments.running().isEmpty() ? Long.MAX_VALUE : nextEffective();
    return Math.min(Math.min(enrolments.nextDue(), outcome), published);
  }

  /**
   * Lets time pass, then the event happen.
   *
   * @param event of the subject; its {@code receivedAt} is the log's time
   * @throws IllegalArgumentException when the event lies before {@link #now()}
   */
  public void event(CrmEvent event) {
    long at = event.getReceivedAt();
    if (at < now || !Subject.of(event).equals(subject)) {
      throw new IllegalArgumentException("not the next event of " + subject.key() + ": " + event);
    }
    until(at - 1);
    now = at;
    take(sequences.event(enrolments, state, event, Clocks.at(at), setting));
    until(at);
  }

  /** Now. */
  public void command(String id, String sequenceId, Command command) {
    take(
        sequences.command(
            enrolments, state, subject, id, sequenceId, null, command, Clocks.at(now), setting));
    until(now);
  }

  /** Now. */
  public void start(Start start) {
    take(sequences.start(enrolments, state, subject, start, Clocks.at(now), setting));
    until(now);
  }

  /** Other sequences, or other versions of them, from now on. */
  public void publish(SequenceSet changed) {
    sequences = changed;
    settledAt = now - 1;
    until(now);
  }

  /**
   * Lets time pass.
   *
   * @param moment included, epoch milliseconds
   */
  public void until(long moment) {
    for (long due = nextDue(); due <= moment; due = nextDue()) {
      now = Math.max(now, due);
      if (nextEffective() <= now) {
        settledAt = now;
      }
      if (!pending.isEmpty() && pending.peek().at() <= now) {
        conclude(pending.remove());
      } else {
        take(sequences.moment(enrolments, state, subject, Clocks.at(now), setting));
      }
    }
    now = Math.max(now, moment);
  }

  private long nextEffective() {
    return sequences.nextEffective(settledAt);
  }

  private void conclude(Pending one) {
    Input.Outcome outcome =
        new Input.Outcome(one.action().getStep(), one.effect().outcome(), one.effect().reason());
    take(sequences.outcome(enrolments, state, subject, outcome, Clocks.at(now), setting));
  }

  private void take(Driven driven) {
    enrolments = driven.enrolments();
    state = driven.state();
    progress.addAll(driven.progress());
    for (ActionRequested action : driven.actions()) {
      sent.add(action);
      Effects.Effect effect = effects.of(action);
      pending.add(new Pending(now + effect.afterMillis(), asked++, action, effect));
    }
    driven.withdrawals().forEach(this::withdraw);
  }

  /** What is not known to have come about yet can still be taken back. */
  private void withdraw(Withdrawal withdrawal) {
    List<Pending> waiting =
        pending.stream().filter(one -> one.action().getId().equals(withdrawal.actionId())).toList();
    for (Pending one : waiting) {
      pending.remove(one);
      sent.remove(one.action());
      pending.add(
          new Pending(
              now,
              one.number(),
              one.action(),
              new Effects.Effect(ActionOutcome.WITHDRAWN, "withdrawn", 0)));
    }
  }
}
