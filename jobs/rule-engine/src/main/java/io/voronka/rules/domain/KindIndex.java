package io.voronka.rules.domain;

import io.voronka.rules.domain.condition.Equality;
import io.voronka.rules.domain.condition.Necessary;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Rules that share a trigger, found by the value of one field each: the equality of the rule that
 * fewest other rules share. Rules without any equality are always candidates.
 */
final class KindIndex {
  private final Candidate[] always;
  private final FieldIndex[] fields;

  private KindIndex(Candidate[] always, FieldIndex[] fields) {
    this.always = always;
    this.fields = fields;
  }

  /** The rules that hang on the values of one field, compared in one way. */
  private record FieldIndex(FieldRef field, ValueType type, Map<Object, Candidate[]> byValue) {}

  private record FieldKey(FieldRef field, ValueType type) {}

  /** Makes candidates. */
  @FunctionalInterface
  interface Making {
    /**
     * @param foundBy the equalities by which the rule is found; none: it always is
     */
    Candidate candidate(int rank, List<Equality> foundBy);
  }

  /**
   * @param rules by rank
   * @param candidates asked for in the order in which events meet them, so that those which are met
   *     together can be made together
   */
  static KindIndex of(Map<Integer, Rule> rules, Making candidates) {
    Map<Equality, Integer> shared = new HashMap<>();
    rules.values().forEach(rule -> count(rule, shared));
    Set<Integer> always = new TreeSet<>();
    Map<Integer, List<Equality>> foundBy = new HashMap<>();
    Map<FieldKey, Map<Object, Set<Integer>>> keyed = new LinkedHashMap<>();
    rules.forEach(
        (rank, rule) -> {
          Optional<Necessary> necessary =
              rule.when().flatMap(when -> when.necessary(e -> shared.getOrDefault(e, 0)));
          if (necessary.isEmpty()) {
            always.add(rank);
          } else {
            foundBy.put(rank, necessary.get().oneOf());
            for (Equality equality : necessary.get().oneOf()) {
              keyed
                  .computeIfAbsent(
                      new FieldKey(equality.field(), equality.type()), k -> new LinkedHashMap<>())
                  .computeIfAbsent(equality.value(), v -> new TreeSet<>())
                  .add(rank);
            }
          }
        });
    IntFunction<Candidate> made =
        rank -> candidates.candidate(rank, foundBy.getOrDefault(rank, List.of()));
    List<FieldIndex> fields = new ArrayList<>();
    keyed.forEach(
        (key, values) -> {
          Map<Object, Candidate[]> byValue = new HashMap<>();
          values.forEach((value, ranks) -> byValue.put(value, of(ranks, made)));
          fields.add(new FieldIndex(key.field(), key.type(), byValue));
        });
    return new KindIndex(of(always, made), fields.toArray(FieldIndex[]::new));
  }

  private static Candidate[] of(Set<Integer> ranks, IntFunction<Candidate> candidates) {
    return ranks.stream().mapToInt(rank -> rank).mapToObj(candidates).toArray(Candidate[]::new);
  }

  /** Those that what is known of the subject does not rule out. */
  void collect(SubjectView view, Candidates into) {
    into.addAll(always);
    for (FieldIndex field : fields) {
      String only = view.only(field.field());
      if (only != null) {
        collect(field, only, into);
      } else {
        collect(field, view.texts(field.field()), into);
      }
    }
  }

  /** A late event is judged by what it tells of, to say that it came too late. */
  void collectLate(SubjectView view, Candidates into) {
    for (FieldIndex field : fields) {
      if (field.field().equals(FieldRef.STAGE) && view.move().stale()) {
        collect(field, view.move().to(), into);
      } else if (view.staleFor(field.field())) {
        collect(field, view.carried(field.field()), into);
      }
    }
  }

  private static void collect(FieldIndex field, List<String> texts, Candidates into) {
    if (texts == null) {
      return;
    }
    for (int i = 0; i < texts.size(); i++) {
      collect(field, texts.get(i), into);
    }
  }

  private static void collect(FieldIndex field, String text, Candidates into) {
    Object value = text == null ? null : field.type().parse(text);
    Candidate[] found = value == null ? null : field.byValue().get(value);
    if (found != null) {
      into.addAll(found);
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
