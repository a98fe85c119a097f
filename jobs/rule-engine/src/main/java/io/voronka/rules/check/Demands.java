package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.condition.Equality;
import io.voronka.rules.domain.condition.Necessary;
import io.voronka.rules.domain.condition.Selectivity;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rules can meet at one lead as it is, so that of very many rules not each has to be compared
 * with each. One field tells them apart, the one of which most of them demand something: in a
 * funnel the stage. Rules are named by their places in the list.
 */
final class Demands {
  private static final BitSet NONE = new BitSet();

  private final List<Rule> rules;

  /** Null when no rule demands a value of any field. */
  private final FieldRef field;

  /** What each rule demands the field to be; null where it may be anything. */
  private final List<Set<Object>> values;

  private final BitSet all = new BitSet();
  private final BitSet anywhere = new BitSet();
  private final Map<Object, BitSet> byValue = new HashMap<>();

  Demands(List<Rule> rules) {
    this.rules = rules;
    this.field = mostDemanded(rules);
    this.values = rules.stream().map(rule -> demanded(rule).orElse(null)).toList();
    all.set(0, rules.size());
    for (int place = 0; place < values.size(); place++) {
      if (values.get(place) == null) {
        anywhere.set(place);
      } else {
        for (Object value : values.get(place)) {
          byValue.computeIfAbsent(value, v -> new BitSet()).set(place);
        }
      }
    }
  }

  /** The rules that the lead may satisfy for which this one has fired. A copy. */
  BitSet beside(int rule) {
    return at(values.get(rule));
  }

  /**
   * The rules that the lead may satisfy once this one has fired and an action of it was carried
   * out. A copy.
   */
  BitSet after(int rule, ActionTemplate by) {
    List<ActionTemplate> writers = rules.get(rule).actions().stream().filter(this::writes).toList();
    if (writers.isEmpty()) {
      return beside(rule);
    }
    boolean known = writers.equals(List.of(by)) && field.part() == FieldRef.Part.TEXT;
    String text = known ? Echo.written(by.effect()).get(field) : null;
    return at(text == null ? null : Set.of(key(text)));
  }

  private boolean writes(ActionTemplate action) {
    return field != null && Echo.written(action.effect()).containsKey(Echo.whole(field));
  }

  /**
   * @param among what the field may be; null: anything
   */
  private BitSet at(Set<Object> among) {
    if (among == null) {
      return (BitSet) all.clone();
    }
    BitSet found = (BitSet) anywhere.clone();
    for (Object value : among) {
      found.or(byValue.getOrDefault(value, NONE));
    }
    return found;
  }

  private static FieldRef mostDemanded(List<Rule> rules) {
    Map<FieldRef, Integer> counts = new LinkedHashMap<>();
    for (Rule rule : rules) {
      Set<FieldRef> named = new HashSet<>();
      necessary(
          rule,
          equality -> {
            named.add(equality.field());
            return 1; // To find the cheapest demand it goes through all of them.
          });
      named.forEach(one -> counts.merge(one, 1, Integer::sum));
    }
    return counts.isEmpty()
        ? null
        : Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  private Optional<Set<Object>> demanded(Rule rule) {
    return necessary(rule, equality -> comparable(equality) ? 0 : 1)
        .filter(found -> found.cost() == 0)
        .map(found -> found.oneOf().stream().map(e -> key(e.value())).collect(Collectors.toSet()));
  }

  private static Optional<Necessary> necessary(Rule rule, Selectivity selectivity) {
    return rule.when().flatMap(when -> when.necessary(selectivity));
  }

  /** Flags and dates can be written in ways that are not looked into here. */
  private boolean comparable(Equality equality) {
    return equality.field().equals(field)
        && (equality.type() == ValueType.TEXT
            || equality.type() == ValueType.TEXT_IGNORE_CASE
            || equality.type() == ValueType.NUMBER);
  }

  /** Equal for values that one text could be, by whichever type they are compared. */
  private static Object key(Object value) {
    Object number = value instanceof BigDecimal ? value : ValueType.NUMBER.parse(value.toString());
    return number == null ? value.toString().toLowerCase(Locale.ROOT) : number;
  }
}
