package io.voronka.rules.domain.condition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives equal parts of many rules one copy in memory. Rules of one tenant ask for the same fields
 * in the same places, and what thousands of them share stays in the processor's caches from one
 * event to the next.
 */
public final class Sharing {
  private final Map<Object, Object> known = new HashMap<>();

  /** An equal condition, made of parts that were seen before as far as there are any. */
  public Condition of(Condition condition) {
    if (condition instanceof FieldCondition field) {
      return shared(
          new FieldCondition(
              shared(field.pointer()),
              shared(field.field()),
              shared(field.test()),
              shared(field.expected())));
    }
    if (condition instanceof AllOf all) {
      return shared(new AllOf(shared(all.pointer()), members(all)));
    }
    if (condition instanceof AnyOf any) {
      return shared(new AnyOf(shared(any.pointer()), members(any)));
    }
    if (condition instanceof Not not) {
      return shared(new Not(shared(not.pointer()), of(not.member())));
    }
    return shared(condition);
  }

  private List<Condition> members(Condition group) {
    return group.members().stream().map(this::of).toList();
  }

  /** The first of all equal ones. */
  @SuppressWarnings("unchecked") // the known one equals it, so it is of its type
  public <T> T shared(T part) {
    T before = (T) known.putIfAbsent(part, part);
    return before == null ? part : before;
  }
}
