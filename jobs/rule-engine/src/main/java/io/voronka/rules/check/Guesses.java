package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.FieldRef;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that are worth trying for a field: what rules compare it with, the nearest values to that,
 * what they write into it, and some that nobody speaks of.
 */
final class Guesses {
  private static final List<List<String>> OTHERS =
      List.of(List.of("7"), List.of("x"), List.of(), List.of("0"));

  private final Map<FieldRef, Set<List<String>>> byField = new HashMap<>();
  private final long date;

  /**
   * @param date a moment worth trying for a field that rules wait for, epoch milliseconds
   */
  Guesses(Collection<Rule> rules, long date) {
    this.date = date;
    rules.forEach(rule -> rule.when().stream().flatMap(Condition::nodes).forEach(this::take));
    rules.stream().flatMap(rule -> rule.actions().stream()).forEach(this::take);
  }

  /** The likeliest first. */
  Set<List<String>> of(FieldRef field) {
    Set<List<String>> guesses = new LinkedHashSet<>(byField.getOrDefault(field, Set.of()));
    if (field.equals(FieldRef.STAGE) || field.equals(FieldRef.PIPELINE)) {
      guesses.add(List.of("1"));
      guesses.add(List.of("2"));
    } else {
      guesses.addAll(OTHERS);
    }
    return guesses;
  }

  private void take(Condition condition) {
    if (condition instanceof FieldCondition field) {
      take(field.field(), field.test());
    } else if (condition instanceof StageChanged move) {
      move.to().forEach(id -> add(FieldRef.STAGE, id));
      move.from().forEach(id -> add(FieldRef.STAGE, id));
      move.pipelines().forEach(id -> add(FieldRef.PIPELINE, id));
    } else if (condition instanceof EventTriggered event) {
      event.filters().forEach(filter -> take(filter.field(), filter.test()));
    } else if (condition instanceof TimeElapsed wait
        && wait.since().kind() == Anchor.Kind.DATE_FIELD) {
      add(wait.since().field(), Long.toString(date / 1000));
    }
  }

  private void take(ActionTemplate action) {
    Echo.written(action.effect())
        .forEach(
            (field, text) -> {
              if (text != null) {
                add(field, text);
              }
            });
  }

  private void take(FieldRef field, FieldTest test) {
    for (Object operand : test.operands()) {
      if (operand instanceof BigDecimal number) {
        add(field, number.toPlainString());
        add(field, number.add(BigDecimal.ONE).toPlainString());
        add(field, number.subtract(BigDecimal.ONE).toPlainString());
      } else if (operand instanceof Long moment) {
        add(field, Long.toString(moment));
        add(field, Long.toString(moment + 1));
        add(field, Long.toString(moment - 1));
      } else if (operand instanceof Boolean flag) {
        add(field, flag ? "1" : "0");
        add(field, flag ? "0" : "1");
      } else {
        add(field, operand.toString());
        add(field, operand + "x");
      }
    }
    if (test.pattern() != null) {
      add(field, plain(test.pattern().pattern()));
    }
  }

  /** A text that a simple expression matches: its first alternative, every part once. */
  private static String plain(String pattern) {
    return pattern
        .replaceAll("\\|[^)]*", "")
        .replaceAll("\\[(\\w)[^\\]]*\\]", "$1")
        .replace("\\d", "1")
        .replaceAll("\\(\\?:", "")
        .replaceAll("\\{\\d+(,\\d*)?\\}", "")
        .replaceAll("[\\^$()?+*\\\\]", "");
  }

  private void add(FieldRef field, String text) {
    byField.computeIfAbsent(field, f -> new LinkedHashSet<>()).add(List.of(text));
  }
}
