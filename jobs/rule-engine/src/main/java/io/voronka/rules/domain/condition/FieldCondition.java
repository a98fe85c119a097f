package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code field_value}: a field of the subject, as it is known with this event in it. */
public record FieldCondition(String pointer, FieldRef field, FieldTest test, String expected)
    implements Condition {

  public static FieldCondition of(String pointer, FieldRef field, FieldTest test) {
    return new FieldCondition(pointer, field, test, field + " " + test.expected());
  }

  @Override
  public Truth test(SubjectView view) {
    if (!test.operator().aboutChange()) {
      return test.test(view.texts(field), view.budget());
    }
    if (view.staleFor(field)) {
      return Truth.STALE;
    }
    return view.carriesOfSubject(field)
        ? test.testChange(view.textsBefore(field), view.carried(field), view.budget())
        : Truth.FALSE;
  }

  @Override
  public String actual(SubjectView view) {
    if (!test.operator().aboutChange()) {
      return Wording.of(view.texts(field));
    }
    if (!view.carriesOfSubject(field)) {
      return "not in this event";
    }
    String before = Wording.of(view.textsBefore(field));
    return before == null ? null : before + " -> " + Wording.of(view.carried(field));
  }

  @Override
  public Optional<Necessary> necessary(Selectivity selectivity) {
    if (!test.equality()) {
      return Optional.empty();
    }
    List<Equality> oneOf = new ArrayList<>(test.operands().size());
    for (Object operand : test.operands()) {
      if (Boolean.FALSE.equals(operand)) {
        return Optional.empty(); // An empty list of values is "off" too, and has no key.
      }
      oneOf.add(new Equality(field, test.type(), operand));
    }
    return Optional.of(Necessary.of(oneOf, selectivity));
  }
}
