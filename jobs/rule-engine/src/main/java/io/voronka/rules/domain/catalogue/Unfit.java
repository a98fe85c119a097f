package io.voronka.rules.domain.catalogue;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.action.ActionTemplate;
import io.voronka.rules.domain.action.Effect;
import io.voronka.rules.domain.action.EffectTexts;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.domain.subject.FieldRef.Naming;
import io.voronka.rules.domain.subject.FieldRef.Part;
import io.voronka.rules.domain.subject.Value;
import io.voronka.rules.domain.text.Text;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something in a valid rule or sequence that does not fit the fields of an account.
 *
 * @param pointer JSON pointer of the place in the definition
 */
public record Unfit(String pointer, String message) {
  private static final int MOST_CHOICES = 10;

  /** All of a rule, in the order of its definition; none when nothing is known of the account. */
  public static List<Unfit> in(Rule rule, FieldCatalogue catalogue) {
    return in(rule.when().stream(), rule.actions().stream(), Stream.of(), catalogue);
  }

  /**
   * A field that something goes by outside of conditions and texts.
   *
   * @param date it has to be one
   */
  public record Use(String pointer, FieldRef field, boolean date) {}

  /** All of a sequence; none when nothing is known of the account. */
  public static List<Unfit> in(
      Stream<Condition> conditions,
      Stream<ActionTemplate> actions,
      Stream<Use> uses,
      FieldCatalogue catalogue) {
    List<Unfit> found = new ArrayList<>();
    if (!catalogue.isEmpty()) {
      Check check = new Check(catalogue, found);
      conditions.flatMap(Condition::nodes).forEach(check::node);
      actions.forEach(check::action);
      uses.forEach(check::use);
    }
    return found;
  }

  private record Check(FieldCatalogue catalogue, List<Unfit> found) {

    void node(Condition node) {
      if (node instanceof FieldCondition condition) {
        test(condition.pointer(), condition.field(), condition.test());
      } else if (node instanceof EventTriggered event) {
        event.filters().forEach(filter -> test(filter.pointer(), filter.field(), filter.test()));
      } else if (node instanceof TimeElapsed wait
          && wait.since().kind() == Anchor.Kind.DATE_FIELD) {
        use(new Use(wait.pointer(), wait.since().field(), true));
      }
    }

    void use(Use use) {
      KnownField field = known(use.pointer(), use.field());
      boolean date =
          field == null || field.kind() == FieldKind.DATE || field.kind() == FieldKind.OTHER;
      if (use.date() && !date) {
        tell(use.pointer(), "%s is %s, not a date", field.words(), field.kind().words());
      }
    }

    void action(ActionTemplate action) {
      if (action.effect() instanceof Effect.WriteFields fields) {
        for (int i = 0; i < fields.writes().size(); i++) {
          write(action.pointer() + "/update_field/writes/" + i, fields.writes().get(i));
        }
      }
      EffectTexts.of(action.effect()).stream()
          .flatMap(text -> text.customFields().stream())
          .distinct()
          .forEach(field -> known(action.pointer(), field));
    }

    /** Of texts with variables nothing is known before they are filled. */
    private void write(String pointer, Effect.Write write) {
      KnownField field = known(pointer, write.field());
      if (field == null) {
        return;
      }
      for (Value value : write.enums()) {
        if (field.choices().isEmpty()) {
          noList(pointer, field);
        } else if (!field.offers(value)) {
          noChoice(pointer, value.enumId() == null ? value.enumCode() : value.enumId(), field);
        }
      }
      for (Text text : write.texts()) {
        if (text.constant()) {
          written(pointer, text.toString(), field);
        }
      }
    }

    private void written(String pointer, String text, KnownField field) {
      ValueType type = field.kind().compared();
      if (field.kind() == FieldKind.CHOICE) {
        // Whether the CRM minds the case of letters is for the CRM to say.
        if (field.meant(text, true).isEmpty()) {
          noChoice(pointer, text, field);
        }
      } else if (type != null && type.parse(text) == null) {
        isNone(pointer, field, text);
      }
    }

    private void test(String pointer, FieldRef ref, FieldTest test) {
      KnownField field = known(pointer, ref);
      if (field != null) {
        test(pointer, ref.part(), test, field);
      }
    }

    /** Null when it is no custom field, or not known, which is told. */
    private KnownField known(String pointer, FieldRef ref) {
      KnownField field = catalogue.find(ref);
      if (field == null && ref.naming() != Naming.STANDARD) {
        tell(
            pointer,
            "the account has no custom field of the %s %s; when it is new, run"
                + " voronka import --refresh-catalogue",
            ref.naming() == Naming.CUSTOM_ID ? "id" : "code",
            ref.name());
      }
      return field;
    }

    private void test(String pointer, Part part, FieldTest test, KnownField field) {
      if (part != Part.TEXT && field.choices().isEmpty()) {
        noList(pointer, field);
      } else if (part == Part.TEXT && !test.declared()) {
        if (!field.kind().fits(test.operator())) {
          String operator = test.operator().written();
          tell(
              pointer,
              "%s does not fit %s, which is %s",
              operator,
              field.words(),
              field.kind().words());
        } else if (field.kind() == FieldKind.CHOICE) {
          choices(pointer, test, field);
        } else {
          operands(pointer, test, field);
        }
      }
    }

    private void operands(String pointer, FieldTest test, KnownField field) {
      ValueType type = field.kind().compared();
      for (Object operand : test.operands()) {
        if (type != null && Typing.parsed(test, operand, type, ZoneOffset.UTC) == null) {
          isNone(pointer, field, operand instanceof Boolean ? operand : test.written(operand));
        }
      }
    }

    private void choices(String pointer, FieldTest test, KnownField field) {
      boolean chosen =
          switch (test.operator().operand()) {
            case ONE, SEVERAL -> true;
            case NONE, TEXT, PATTERN, ORDERED, RANGE -> false;
          };
      for (Object operand : chosen ? test.operands() : List.of()) {
        if (Typing.meant(test, operand, field).isEmpty()) {
          noChoice(pointer, test.written(operand), field);
        }
      }
    }

    private void noList(String pointer, KnownField field) {
      tell(pointer, "%s is %s and has no list", field.words(), field.kind().words());
    }

    private void isNone(String pointer, KnownField field, Object value) {
      tell(pointer, "%s is %s, and %s is none", field.words(), field.kind().words(), value);
    }

    private void noChoice(String pointer, String value, KnownField field) {
      tell(pointer, "%s has no choice %s; it has %s", field.words(), value, some(field.choices()));
    }

    private static String some(List<KnownField.Choice> choices) {
      return choices.stream()
          .limit(MOST_CHOICES)
          .map(choice -> choice.value() + " (" + choice.id() + ")")
          .collect(Collectors.joining(", ", "", choices.size() > MOST_CHOICES ? ", …" : ""));
    }

    private void tell(String pointer, String message, Object... arguments) {
      found.add(new Unfit(pointer, message.formatted(arguments)));
    }
  }
}
