package io.voronka.rules.check;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.Trial;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.DecisionCause;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Rules against a CRM that does what they ask for and tells us of it. The echoes are not known for
 * ours here, so that nothing cuts a chain.
 */
final class CrmPlay {
  private static final long ECHO = Duration.ofSeconds(1).toMillis();
  private static final long LONGEST = Duration.ofDays(36_600).toMillis();
  private static final String ECHO_ID = "echo-";
  private static final String SOMEBODY = "1";
  private static final AccountSetting SETTING = new AccountSetting(ZoneOffset.UTC, "2");

  /** More happens only where rules go round and round. */
  private static final int MOST_DECISIONS = 300;

  private final Trial trial;
  private final Situation situation;
  private final PriorityQueue<Coming> coming =
      new PriorityQueue<>(
          Comparator.<Coming>comparingLong(c -> c.event().getReceivedAt())
              .thenComparingInt(Coming::number));
  private final List<Decision> decisions = new ArrayList<>();
  private final List<Firing> firings = new ArrayList<>();
  private int told;

  private record Coming(CrmEvent event, int number) {}

  /**
   * @param fromOutside by an event that no rule asked for
   * @param byItself its moment had come
   */
  record Firing(String rule, long at, boolean fromOutside, boolean byItself) {}

  CrmPlay(Collection<Rule> rules, Situation situation) {
    RuleSet set = RuleSet.compile(1, rules.stream().map(rule -> new RuleVersion(rule, 1)).toList());
    this.situation = situation;
    this.trial =
        new Trial(set, situation.subject(), SubjectState.EMPTY, Situation.CREATED_AT, SETTING);
    situation.events().forEach(this::comes);
  }

  /**
   * Goes on until rules have fired so often, or until nothing comes any more.
   *
   * @param most firings
   */
  List<Firing> play(int most) {
    while (firings.size() < most && next()) {
      // One thing after the other.
    }
    return List.copyOf(firings);
  }

  /** What is decided when all has happened that comes from outside, and nothing after that. */
  List<Decision> first() {
    while ((firings.isEmpty() || upcoming() <= situation.until())
        && decisions.size() < MOST_DECISIONS
        && next()) {
      // One thing after the other.
    }
    return List.copyOf(decisions);
  }

  private long upcoming() {
    long event = coming.isEmpty() ? Long.MAX_VALUE : coming.peek().event().getReceivedAt();
    return Math.min(event, trial.nextDue());
  }

  private boolean next() {
    long at = upcoming();
    if (at > Situation.CREATED_AT + LONGEST) {
      return false;
    }
    List<Decision> made =
        !coming.isEmpty() && coming.peek().event().getReceivedAt() == at
            ? trial.event(coming.poll().event())
            : trial.until(at);
    made.forEach(this::take);
    return true;
  }

  private void take(Decision decision) {
    decisions.add(decision);
    RuleDecided decided = decision.decided().orElseThrow();
    boolean byItself = decided.getCause() == DecisionCause.MOMENT;
    boolean fromOutside = !decided.getEventId().startsWith(ECHO_ID) && !byItself;
    for (RuleVerdict verdict : decided.getVerdicts()) {
      if (verdict.getOutcome() == VerdictOutcome.FIRED) {
        firings.add(new Firing(verdict.getRuleId(), trial.now(), fromOutside, byItself));
      }
    }
    for (ActionRequested action : decision.actions()) {
      String id = ECHO_ID + told++;
      Echo.of(action, trial.state(), id, trial.now() + ECHO).forEach(this::comes);
    }
  }

  private void comes(CrmEvent event) {
    event.setActorId(SOMEBODY);
    coming.add(new Coming(event, told++));
  }
}
