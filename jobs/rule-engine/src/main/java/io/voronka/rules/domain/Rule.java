package io.voronka.rules.domain;

import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.schemas.EventKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Trigger, conditions, actions: one rule as its definition says.
 *
 * @param priority higher goes first; rules of one priority go by id
 * @param account only events of this CRM account of the tenant; empty: of any
 * @param agent whose rule it is; empty: nobody's in particular
 * @param triggers LEAD_STAGE_CHANGED means any hook that shows the lead entering a stage
 * @param when empty: always
 */
public record Rule(
    String id,
    String name,
    boolean enabled,
    int priority,
    Optional<String> account,
    Optional<String> agent,
    Set<EventKind> triggers,
    Optional<Condition> when,
    List<ActionTemplate> actions) {

  public Rule {
    Objects.requireNonNull(id, "id");
    triggers = Set.copyOf(triggers);
    actions = List.copyOf(actions);
  }
}
