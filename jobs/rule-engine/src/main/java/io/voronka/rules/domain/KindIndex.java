package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Equality;
import io.voronka.rules.domain.condition.Necessary;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.StageMove;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules that share a trigger, found by the value of one field each: the equality of the rule that
 * fewest other rules share. Rules without any equality are always candidates.
 */
final class KindIndex {
  private final int[] always;
  private final List<FieldIndex> fields;

  private KindIndex(int[] always, List<FieldIndex> fields) {
    this.always = always;
    this.fields = fields;
  }

  /** The rules that hang on the values of one field, compared in one way. */
  private record FieldIndex(FieldRef field, ValueType type, Map<Object, int[]> byValue) {}

  private record FieldKey(FieldRef field, ValueType type) {}

  /**
   * @param rules by rank
   */
  static KindIndex of(Map<Integer, Rule> rules) {
    Map<Equality, Integer> shared = new HashMap<>();
    rules.values().forEach(rule -> count(rule, shared));
    Ranks always = new Ranks();
    Map<FieldKey, Map<Object, Ranks>> keyed = new LinkedHashMap<>();
    rules.forEach(
        (rank, rule) -> {
          Optional<Necessary> necessary =
              rule.when().flatMap(when -> when.necessary(e -> shared.getOrDefault(e, 0)));
          if (necessary.isEmpty()) {
            always.add(rank);
          } else {
            for (Equality equality : necessary.get().oneOf()) {
              keyed
                  .computeIfAbsent(
                      new FieldKey(equality.field(), equality.type()), k -> new LinkedHashMap<>())
                  .computeIfAbsent(equality.value(), v -> new Ranks())
                  .add(rank);
            }
          }
        });
    List<FieldIndex> fields = new ArrayList<>();
    keyed.forEach(
        (key, values) -> {
          Map<Object, int[]> byValue = new HashMap<>();
          values.forEach((value, ranks) -> byValue.put(value, ranks.sorted()));
          fields.add(new FieldIndex(key.field(), key.type(), byValue));
        });
    return new KindIndex(always.sorted(), List.copyOf(fields));
  }

  void collect(SubjectView view, Ranks into) {
    into.addAll(always);
    for (int i = 0; i < fields.size(); i++) {
      FieldIndex field = fields.get(i);
      collect(field, view.texts(field.field()), into);
      if (view.move().status() == StageMove.Status.STALE && field.field().equals(FieldRef.STAGE)) {
        // A late event is judged by the stage that it tells of, to say that it came too late.
        collect(field, List.of(view.move().to()), into);
      }
    }
  }

  private static void collect(FieldIndex field, List<String> texts, Ranks into) {
    if (texts == null) {
      return;
    }
    for (int i = 0; i < texts.size(); i++) {
      Object value = field.type().parse(texts.get(i));
      int[] ranks = value == null ? null : field.byValue().get(value);
      if (ranks != null) {
        into.addAll(ranks);
      }
    }
  }

  private static void count(Rule rule, Map<Equality, Integer> shared) {
    rule.when()
        .ifPresent(
            when ->
                when.necessary(
                    equality -> {
                      shared.merge(equality, 1, Integer::sum);
                      return 0;
                    }));
  }
}
