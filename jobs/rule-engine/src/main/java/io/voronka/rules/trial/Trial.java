package io.voronka.rules.trial;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.limit.Grants;
import io.voronka.rules.domain.limit.GrantsInMemory;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One subject under a set of rules, and the log's clock, which goes only when it is told to.
 * Moments are judged when they come, those before an event's time before it, as the job does it.
 */
public final class Trial {
  private final RuleSet rules;
  private final Subject subject;
  private final AccountSetting setting;
  private final Grants.Book<RuntimeException> book = new GrantsInMemory();
  private SubjectState state;
  private long now;

  /**
   * The rules come into force now.
   *
   * @param before what is known of the subject
   * @param now epoch milliseconds
   */
  public Trial(
      RuleSet rules, Subject subject, SubjectState before, long now, AccountSetting setting) {
    this.rules = rules;
    this.subject = subject;
    this.setting = setting;
    this.state = rules.rearm(before, subject, now, setting);
    this.now = now;
  }

  /** The log's time, epoch milliseconds. */
  public long now() {
    return now;
  }

  /** When the next rule comes true by itself, epoch milliseconds; far ahead when none waits. */
  public long nextDue() {
    return state.standing().nextDue();
  }

  public SubjectState state() {
    return state;
  }

  /**
   * Lets time pass, then the event happen.
   *
   * @param event of the subject; its {@code receivedAt} is the log's time
   * @return what was decided, in its order; moments in which nothing was judged are left out
   * @throws IllegalArgumentException when the event lies before {@link #now()}
   */
  public List<Decision> event(CrmEvent event) {
    long at = event.getReceivedAt();
    if (at < now || !Subject.of(event).equals(subject)) {
      throw new IllegalArgumentException("not the next event of " + subject.key() + ": " + event);
    }
    List<Decision> decisions = moments(at - 1);
    now = at;
    take(rules.decide(state, event, Clocks.at(at), setting), decisions);
    decisions.addAll(moments(at));
    return decisions;
  }

  /**
   * Lets time pass.
   *
   * @param moment included, epoch milliseconds
   */
  public List<Decision> until(long moment) {
    List<Decision> decisions = moments(moment);
    now = Math.max(now, moment);
    return decisions;
  }

  private List<Decision> moments(long upTo) {
    List<Decision> decisions = new ArrayList<>();
    while (state.standing().nextDue() <= upTo) {
      Clocks clocks = Clocks.at(state.standing().nextDue());
      now = Math.max(now, clocks.dueAt());
      take(rules.decideMoment(state, subject, clocks, setting), decisions);
    }
    return decisions;
  }

  private void take(Decision decision, List<Decision> into) {
    state = decision.state();
    if (decision.decided().isPresent()) {
      into.add(decision.capped().isEmpty() ? decision : granted(decision));
    }
  }

  private Decision granted(Decision decision) {
    Grants.Result result =
        Grants.decide(
            decision.decided().orElseThrow(),
            decision.actions(),
            decision.grantsAsked(setting.zone()),
            book);
    return new Decision(
        Optional.of(result.decided()),
        result.actions(),
        decision.capped(),
        decision.overBudget(),
        decision.took(),
        decision.state());
  }
}
