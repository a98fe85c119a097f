package io.voronka.rules.domain.catalogue;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.FieldRef.Naming;
import io.voronka.rules.domain.subject.FieldRef.Part;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes conditions compare by the types of one account's fields and by the tenant's clocks, once,
 * before they are used. What the catalogue does not know, or what does not fit its type, stays as
 * it is written: {@link Unfit} tells of that when a rule is checked.
 */
public final class Typing {
  private final FieldCatalogue catalogue;
  private final ZoneId zone;

  /**
   * @param zone the tenant's, of which an author's dates are
   */
  public Typing(FieldCatalogue catalogue, ZoneId zone) {
    this.catalogue = catalogue;
    this.zone = zone;
  }

  /** True when the condition means other moments in another zone, whatever the fields are. */
  public static boolean isLocal(Condition condition) {
    return new Typing(FieldCatalogue.UNKNOWN, ZoneOffset.MAX).typed(condition) != condition;
  }

  /** The same object when there is nothing to say about the rule. */
  public Rule typed(Rule rule) {
    Condition when = rule.when().orElse(null);
    Condition typed = when == null ? null : typed(when);
    return typed == when ? rule : rule.with(typed);
  }

  /** The same object when there is nothing to say about the condition. */
  public Condition typed(Condition condition) {
    if (condition instanceof AllOf all) {
      List<Condition> members = typed(all.members());
      return members == null ? all : new AllOf(all.pointer(), members);
    }
    if (condition instanceof AnyOf any) {
      List<Condition> members = typed(any.members());
      return members == null ? any : new AnyOf(any.pointer(), members);
    }
    if (condition instanceof Not not) {
      Condition member = typed(not.member());
      return member == not.member() ? not : new Not(not.pointer(), member);
    }
    if (condition instanceof EventTriggered event) {
      return typed(event);
    }
    if (condition instanceof TimeElapsed wait) {
      Anchor since = wait.since();
      return since.kind() == Anchor.Kind.DATE_FIELD
          ? wait.beginningWith(since.read(place(since.field()), zone))
          : wait;
    }
    return condition instanceof FieldCondition field ? typed(field) : condition;
  }

  private FieldRef place(FieldRef named) {
    KnownField field = catalogue.find(named);
    return field == null ? named : byId(named, field);
  }

  /** What is counted under its id stays the same count. */
  private EventTriggered typed(EventTriggered event) {
    List<EventTriggered.Filter> typed = new ArrayList<>(event.filters().size());
    for (EventTriggered.Filter filter : event.filters()) {
      Typed as = typed(filter.field(), filter.test());
      typed.add(new EventTriggered.Filter(filter.pointer(), as.field(), as.test()));
    }
    return typed.equals(event.filters())
        ? event
        : new EventTriggered(event.pointer(), event.kinds(), typed, event.often());
  }

  /** Null when none of them changes. */
  private List<Condition> typed(List<Condition> members) {
    List<Condition> typed = new ArrayList<>(members.size());
    boolean changed = false;
    for (Condition member : members) {
      Condition after = typed(member);
      changed |= after != member;
      typed.add(after);
    }
    return changed ? typed : null;
  }

  private FieldCondition typed(FieldCondition condition) {
    Typed as = typed(condition.field(), condition.test());
    return condition.as(as.field(), as.test());
  }

  /** Where to read, and how to compare. */
  private record Typed(FieldRef field, FieldTest test) {}

  private Typed typed(FieldRef named, FieldTest test) {
    KnownField field = catalogue.find(named);
    if (field == null) {
      return new Typed(named, test.in(zone));
    }
    FieldRef ref = byId(named, field);
    if (test.declared() || ref.part() != Part.TEXT || !field.kind().fits(test.operator())) {
      return new Typed(ref, test.in(zone));
    }
    if (field.kind() == FieldKind.CHOICE) {
      return choice(test, ref, field);
    }
    FieldTest typed = retyped(test, field.kind(), zone);
    return new Typed(ref, typed == null ? test : typed);
  }

  /** A list is compared by the ids of its choices, since their names change. */
  private Typed choice(FieldTest test, FieldRef ref, KnownField field) {
    FieldRef chosen = new FieldRef(ref.naming(), ref.name(), Part.CHOICE);
    return switch (test.operator().operand()) {
      case NONE -> new Typed(chosen, test);
      case ONE, SEVERAL -> {
        List<Object> operands = new ArrayList<>();
        for (Object operand : test.operands()) {
          List<KnownField.Choice> meant = meant(test, operand, field);
          if (meant.isEmpty()) {
            yield new Typed(ref, test);
          }
          for (KnownField.Choice choice : meant) {
            operands.add(choice.id());
            if (!field.hasChoice(choice.value())) {
              operands.add(choice.value()); // Should the CRM have left out the id.
            }
          }
        }
        yield new Typed(chosen, test.as(ValueType.TEXT, operands, zone));
      }
      case TEXT, PATTERN, ORDERED, RANGE -> new Typed(ref, test);
    };
  }

  static List<KnownField.Choice> meant(FieldTest test, Object operand, KnownField field) {
    return field.meant(test.written(operand), test.type() == ValueType.TEXT_IGNORE_CASE);
  }

  /** Null when an operand is not of the field's type. */
  private static FieldTest retyped(FieldTest test, FieldKind kind, ZoneId zone) {
    ValueType type = kind.compared();
    if (type == null || type == test.type() || test.pattern() != null) {
      return test.in(zone);
    }
    if (type == ValueType.TEXT && test.type() == ValueType.TEXT_IGNORE_CASE) {
      return test;
    }
    List<Object> operands = new ArrayList<>(test.operands().size());
    for (Object operand : test.operands()) {
      Object parsed = parsed(test, operand, type, zone);
      if (parsed == null) {
        return null;
      }
      operands.add(parsed);
    }
    return test.as(type, operands, zone);
  }

  /** Null when it is not of the type. */
  static Object parsed(FieldTest test, Object operand, ValueType type, ZoneId zone) {
    boolean flag = operand instanceof Boolean;
    return flag && type != ValueType.BOOLEAN ? null : type.parse(test.written(operand), zone);
  }

  private FieldRef byId(FieldRef ref, KnownField field) {
    return ref.naming() == Naming.CUSTOM_CODE && catalogue.isOneField(ref.name())
        ? FieldRef.customId(field.id(), ref.part())
        : ref;
  }
}
