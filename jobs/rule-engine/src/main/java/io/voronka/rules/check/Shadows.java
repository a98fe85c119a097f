package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.rules.domain.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules that never fire. Only what can be proved from the definitions is told. */
final class Shadows {
  /** With more conditions it might run out of steps where the rule after it does not. */
  private static final int MOST_NODES = 50;

  /**
   * @param rules that are not off, in the order of priority
   */
  List<Warning> find(List<Rule> rules, Effort effort) {
    List<Warning> warnings = new ArrayList<>();
    List<Rule> stopping = new ArrayList<>();
    for (Rule rule : rules) {
      Optional<Rule> by = stopping.stream().filter(first -> hides(first, rule, effort)).findFirst();
      if (by.isPresent() && warnings.size() < RuleSetCheck.MOST_OF_A_KIND) {
        warnings.add(warning(rule, by.get()));
      }
      if (surelyStops(rule)) {
        stopping.add(rule);
      }
    }
    return warnings;
  }

  /** True when it stops the others whenever its conditions hold, whatever else is the case. */
  private static boolean surelyStops(Rule rule) {
    List<Condition> nodes = rule.when().stream().flatMap(Condition::nodes).toList();
    boolean light =
        nodes.size() <= MOST_NODES
            && nodes.stream()
                .noneMatch(
                    node ->
                        node instanceof FieldCondition field
                            && field.test().operator() == Operator.MATCHES);
    return rule.mode() == Rule.Mode.ON
        && rule.stopAfterMatch()
        && rule.limits().equals(Limits.NONE)
        && rule.active().isEmpty()
        && light
        && rule.actions().stream().allMatch(Shadows::canAlwaysBeAskedFor);
  }

  private static boolean hides(Rule first, Rule rule, Effort effort) {
    return effort.take(1)
        && !rule.atMoments()
        && (first.account().isEmpty() || first.account().equals(rule.account()))
        && first.triggers().containsAll(rule.triggers())
        && (first.when().isEmpty()
            || (rule.when().isPresent()
                && new Implication(effort).holds(rule.when().get(), first.when().get())));
  }

  /** A text with variables may not be fillable, and then its rule does not fire. */
  private static boolean canAlwaysBeAskedFor(ActionTemplate action) {
    Effect effect = action.effect();
    Stream<Text> texts;
    if (effect instanceof Effect.AskTask task) {
      texts = Stream.of(task.text());
    } else if (effect instanceof Effect.SayInTalk say) {
      texts = Stream.of(say.text());
    } else if (effect instanceof Effect.WriteNote note) {
      texts = Stream.of(note.text());
    } else if (effect instanceof Effect.CallAddress call) {
      texts = Stream.of(call.body());
    } else if (effect instanceof Effect.CallSequence call) {
      texts = Stream.ofNullable(call.key());
    } else if (effect instanceof Effect.WriteFields fields) {
      texts = fields.writes().stream().flatMap(write -> write.texts().stream());
    } else {
      return effect instanceof Effect.MoveStage
          || effect instanceof Effect.Tag
          || effect instanceof Effect.StartBot;
    }
    return texts.allMatch(Text::constant);
  }

  private static Warning warning(Rule rule, Rule by) {
    return new Warning(
        Warning.Kind.SHADOWED,
        List.of(new Warning.Place(rule.id(), ""), new Warning.Place(by.id(), "/stop_after_match")),
        WarningText.shadowedInEnglish(rule.id(), by.id()),
        WarningText.shadowedInRussian(rule.id(), by.id()));
  }
}
