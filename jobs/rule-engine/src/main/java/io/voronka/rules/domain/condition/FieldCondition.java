package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.SubjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code field_value}: a field of the subject, as it is known with this event in it. */
public record FieldCondition(String pointer, FieldRef field, FieldTest test, String expected)
    implements Condition {

  public static FieldCondition of(String pointer, FieldRef field, FieldTest test) {
    return new FieldCondition(pointer, field, test, field + " " + test.expected());
  }

  /** The same, read and compared in another way. */
  public FieldCondition as(FieldRef otherField, FieldTest otherTest) {
    return otherField.equals(field) && otherTest.equals(test)
        ? this
        : new FieldCondition(pointer, otherField, otherTest, expected);
  }

  @Override
  public Truth test(SubjectView view) {
    if (!test.operator().aboutChange()) {
      return test.test(view.texts(field), view.budget());
    }
    if (view.staleFor(field)) {
      return Truth.STALE;
    }
    if (!view.carriesOfSubject(field)) {
      return Truth.FALSE;
    }
    Truth changed = change(field, view);
    return changed == Truth.TRUE && sameByName(view) ? Truth.FALSE : changed;
  }

  /** Where the CRM left out the id of a choice, its name tells that it is the same one. */
  private boolean sameByName(SubjectView view) {
    if (field.part() != FieldRef.Part.CHOICE || test.operator() != Operator.CHANGED) {
      return false;
    }
    FieldRef id = part(FieldRef.Part.ENUM_ID);
    return (view.textsBefore(id) == null || view.carried(id) == null)
        && change(part(FieldRef.Part.TEXT), view) == Truth.FALSE;
  }

  private Truth change(FieldRef of, SubjectView view) {
    return test.testChange(view.textsBefore(of), view.carried(of), view.budget());
  }

  private FieldRef part(FieldRef.Part part) {
    return new FieldRef(field.naming(), field.name(), part);
  }

  @Override
  public String actual(SubjectView view) {
    if (!test.operator().aboutChange()) {
      return actual(field, view);
    }
    if (!view.carriesOfSubject(field)) {
      return "not in this event";
    }
    String before = Wording.of(shown(field, view::textsBefore));
    return before == null ? null : before + " -> " + Wording.of(shown(field, view::carried));
  }

  /** What a field is, for a reader; null when it is unknown. */
  static String actual(FieldRef field, SubjectView view) {
    return Wording.of(shown(field, view::texts));
  }

  /** A choice is shown by its name where that is known. */
  private static List<String> shown(FieldRef field, Function<FieldRef, List<String>> read) {
    if (field.part() == FieldRef.Part.CHOICE) {
      FieldRef named = new FieldRef(field.naming(), field.name(), FieldRef.Part.TEXT);
      List<String> names = read.apply(named);
      return names == null ? read.apply(field) : names;
    }
    return read.apply(field);
  }

  @Override
  public Optional<Necessary> necessary(Selectivity selectivity) {
    if (!test.equality() || test.type() == ValueType.DATE) {
      return Optional.empty(); // Which moment a date in a field is depends on the tenant's clocks.
    }
    if (test.meansNone()) {
      return Optional.empty(); // An empty list of values has no key.
    }
    List<Equality> oneOf = new ArrayList<>(test.operands().size());
    for (Object operand : test.operands()) {
      oneOf.add(new Equality(field, test.type(), operand));
    }
    return Optional.of(Necessary.of(oneOf, selectivity));
  }

  @Override
  public boolean follows(Equality equality) {
    return !test.operator().aboutChange()
        && test.equality()
        && test.type() == equality.type()
        && field.equals(equality.field())
        && test.operands().contains(equality.value());
  }
}
