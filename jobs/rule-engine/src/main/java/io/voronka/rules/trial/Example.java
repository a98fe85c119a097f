package io.voronka.rules.trial;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.catalogue.Typing;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import io.voronka.schemas.VerdictOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What happens to one lead, and what rules are expected to make of it.
 *
 * @param rules ids of those in force; empty: all there are
 * @param before what is known of the subject
 * @param catalogue the account's custom fields, by which the rules compare
 * @param start when the rules come into force, epoch milliseconds
 * @param steps in the order of their times
 */
public record Example(
    String name,
    Set<String> rules,
    AccountSetting setting,
    Subject subject,
    SubjectState before,
    FieldCatalogue catalogue,
    long start,
    List<Step> steps) {

  public Example {
    rules = Set.copyOf(rules);
    steps = List.copyOf(steps);
  }

  /**
   * Time passes, and then perhaps something happens.
   *
   * @param pointer JSON pointer in the example's definition
   * @param at epoch milliseconds
   * @param event empty: only time passes
   * @param expected empty: whatever happens is right; a list without a rule expects of that rule
   *     that it does not fire
   */
  public record Step(
      String pointer, long at, Optional<CrmEvent> event, Optional<List<Expected>> expected) {
    public Step {
      expected = expected.map(List::copyOf);
    }
  }

  /**
   * What a rule is expected to do in a step.
   *
   * @param outcome NOT_MATCHED: it is not even tempted, be it that nothing triggers it or that its
   *     conditions do not hold
   * @param clause JSON pointer of what holds it back, or of a group around that; null: any
   * @param times how often; empty: at least once
   * @param actions by their keys; empty: any
   */
  public record Expected(
      String pointer,
      String ruleId,
      VerdictOutcome outcome,
      String clause,
      OptionalInt times,
      List<ExpectedAction> actions) {
    public Expected {
      actions = List.copyOf(actions);
    }
  }

  /**
   * @param kind null: any
   * @param fields as in {@link RequestedAction}; those that are not named may be anything
   */
  public record ExpectedAction(
      String pointer, String key, String kind, Map<String, String> fields) {
    public ExpectedAction {
      fields = Map.copyOf(fields);
    }
  }

  /** True when the rule is one of those in force. */
  public boolean concerns(String rule) {
    return rules.isEmpty() || rules.contains(rule);
  }

  /** Plays it. */
  public Played play(Collection<RuleVersion> members) {
    Typing typing = new Typing(catalogue, setting.zone());
    RuleSet inForce =
        RuleSet.compile(
            1,
            members.stream()
                .filter(member -> concerns(member.rule().id()))
                .map(member -> new RuleVersion(typing.typed(member.rule()), member.version()))
                .toList());
    return new Player(this, inForce).play();
  }
}
