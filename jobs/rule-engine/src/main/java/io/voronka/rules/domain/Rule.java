package io.voronka.rules.domain;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.Sharing;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Trigger, conditions, actions: one rule as its definition says.
 *
 * @param priority higher goes first; rules of one priority go by id
 * @param stopAfterMatch true: once it has fired, no rule after it does for the same event
 * @param account only events of this CRM account of the tenant; empty: of any
 * @param agent whose rule it is; empty: nobody's in particular
 * @param triggers LEAD_STAGE_CHANGED means any hook that shows the lead entering a stage
 * @param atMoments true: judged when a {@code time_elapsed} in it comes true
 * @param when empty: always
 * @param active empty: at any time
 */
public record Rule(
    String id,
    String name,
    Mode mode,
    int priority,
    boolean stopAfterMatch,
    Optional<String> account,
    Optional<String> agent,
    Set<EventKind> triggers,
    boolean atMoments,
    Optional<Condition> when,
    Limits limits,
    Optional<ActiveHours> active,
    List<ActionTemplate> actions) {

  /** What a rule does. */
  public enum Mode {
    /** Nothing; its verdicts say so. */
    OFF,
    /** Decides and records, and asks for nothing. */
    OBSERVE,
    ON
  }

  public Rule {
    Objects.requireNonNull(id, "id");
    triggers = Set.copyOf(triggers);
    actions = List.copyOf(actions);
  }

  /** True when the rule is about subjects of this CRM account too. */
  public boolean concerns(String accountId) {
    return account.map(accountId::equals).orElse(true);
  }

  /** The same with another condition. */
  public Rule with(Condition condition) {
    return new Rule(
        id,
        name,
        mode,
        priority,
        stopAfterMatch,
        account,
        agent,
        triggers,
        atMoments,
        Optional.of(condition),
        limits,
        active,
        actions);
  }

  /** An equal one that shares with others what they have in common. */
  Rule sharing(Sharing sharing) {
    return new Rule(
        id,
        name,
        mode,
        priority,
        stopAfterMatch,
        sharing.shared(account),
        sharing.shared(agent),
        sharing.shared(triggers),
        atMoments,
        when.map(sharing::of),
        sharing.shared(limits),
        sharing.shared(active),
        actions);
  }

  /** The waits in its conditions. */
  public List<TimeElapsed> waits() {
    return when.stream()
        .flatMap(Condition::nodes)
        .filter(TimeElapsed.class::isInstance)
        .map(TimeElapsed.class::cast)
        .toList();
  }
}
