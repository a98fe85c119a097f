package io.voronka.rules.why;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.SingleRule;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.Subject;
import io.voronka.schemas.VerdictOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Goes through the events of one subject as the job did, with one rule, in each of its versions
 * while that was in force: moments before the events that come after them, and what is waited for
 * anew after each change of the rules. What other rules did is not seen.
 */
final class SubjectReplay {
  /** As long as the job remembers an event, by whether the vendor gave it a time. */
  private static final long DATED = Duration.ofDays(30).toMillis();

  private static final long UNDATED = Duration.ofHours(2).toMillis();

  private final RuleHistory history;
  private final Subject subject;
  private final AccountSetting setting;
  private final Map<String, Long> seen = new HashMap<>();
  private final Deque<Long> changes;
  private SubjectState state = SubjectState.EMPTY;
  private Evidence.Seen lastEvent;
  private Judged lastJudged;
  private Judged lastFurtherHook;
  private boolean firedByItself;

  private SubjectReplay(RuleHistory history, Subject subject, AccountSetting setting) {
    this.history = history;
    this.subject = subject;
    this.setting = setting;
    this.changes = new ArrayDeque<>(history.changes());
  }

  /**
   * @param at the log's time up to which, epoch milliseconds
   */
  static SubjectReplay run(
      RuleHistory history, Question question, Evidence evidence, AccountSetting setting) {
    SubjectReplay replay = new SubjectReplay(history, question.subject(), setting);
    for (Evidence.Seen event : evidence.events()) {
      if (event.at() <= question.at()) {
        replay.event(event);
      }
    }
    replay.pass(question.at(), question.at());
    return replay;
  }

  /** What is known of the subject. */
  SubjectState state() {
    return state;
  }

  /** Empty when there was no event. */
  Optional<Evidence.Seen> lastEvent() {
    return Optional.ofNullable(lastEvent);
  }

  /** The verdict on the last event that the rule is triggered by; empty when none triggered it. */
  Optional<Judged> lastJudged() {
    return Optional.ofNullable(lastJudged == null ? lastFurtherHook : lastJudged);
  }

  /** True when a moment came at which the rule fires. */
  boolean firedByItself() {
    return firedByItself;
  }

  private void event(Evidence.Seen next) {
    CrmEvent event = next.event();
    Long known = seen.get(event.getId());
    if (known != null && known >= next.at()) {
      return;
    }
    seen.put(event.getId(), next.at() + (event.getOccurredAt() == null ? UNDATED : DATED));
    pass(next.at() - 1, next.at());
    Clocks clocks = Clocks.at(next.at());
    inForce(next.at())
        .flatMap(member -> SingleRule.onEvent(member, state, event, clocks, setting))
        .ifPresent(verdict -> judged(next, verdict));
    state = history.aloneAt(next.at()).decide(state, event, clocks, setting).state();
    lastEvent = next;
  }

  private void judged(Evidence.Seen on, RuleVerdict verdict) {
    long set = history.setAt(on.at()).orElseThrow().getVersion();
    CrmEvent event = on.event();
    Judged judged = new Judged(verdict, event.getKind(), event.getId(), set, on.at(), true);
    if (judged.furtherHook()) {
      lastFurtherHook = judged;
    } else {
      lastJudged = judged;
    }
  }

  private Optional<RuleVersion> inForce(long time) {
    OptionalLong version = history.versionAt(time);
    return version.isEmpty()
        ? Optional.empty()
        : history.version(version.getAsLong()).map(member -> history.judged(member, time));
  }

  /** Lets time pass, with the moments and the changes of rules on the way. */
  private void pass(long upTo, long now) {
    while (!changes.isEmpty() && changes.peek() <= upTo) {
      long change = changes.poll();
      moments(change - 1);
      state = history.aloneAt(change).rearm(state, subject, change, setting);
    }
    moments(upTo);
    if (!changes.isEmpty() && changes.peek() <= now) {
      changes.poll(); // The event itself is what they are worked out anew with.
    }
  }

  private void moments(long upTo) {
    while (state.standing().nextDue() <= upTo) {
      long due = state.standing().nextDue();
      RuleSet rules = history.aloneAt(due);
      Decision decision = rules.decideMoment(state, subject, Clocks.at(due), setting);
      firedByItself |=
          decision.decided().stream()
              .flatMap(decided -> decided.getVerdicts().stream())
              .anyMatch(verdict -> verdict.getOutcome() == VerdictOutcome.FIRED);
      state = decision.state();
    }
  }
}
