package io.voronka.rules.domain.catalogue;

import io.voronka.rules.domain.subject.Value;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldChoice;
import io.voronka.schemas.FieldRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A custom field as the CRM defines it.
 *
 * @param code null for most
 * @param choices of a list, or the kinds of a phone or mail address
 */
public record KnownField(
    EntityType entity, String id, String code, String name, FieldKind kind, List<Choice> choices) {

  /**
   * One of a list.
   *
   * @param code null for most
   */
  public record Choice(String id, String value, String code) {}

  public KnownField {
    choices = List.copyOf(choices);
  }

  static KnownField of(FieldRow row) {
    List<Choice> choices = new ArrayList<>(row.getChoices().size());
    for (FieldChoice choice : row.getChoices()) {
      choices.add(new Choice(choice.getId(), choice.getValue(), choice.getCode()));
    }
    return new KnownField(
        row.getEntityType(),
        row.getFieldId(),
        row.getCode(),
        row.getName(),
        FieldKind.of(row.getType()),
        choices);
  }

  /** The choices that an operand means: by value, else by id, else by code; none when unknown. */
  List<Choice> meant(String operand, boolean ignoreCase) {
    List<Choice> byValue =
        choices(
            choice ->
                ignoreCase
                    ? choice.value().equalsIgnoreCase(operand)
                    : choice.value().equals(operand));
    if (!byValue.isEmpty()) {
      return byValue;
    }
    List<Choice> byId = choices(choice -> choice.id().equals(operand));
    return byId.isEmpty() ? choices(choice -> operand.equals(choice.code())) : byId;
  }

  /** True when it is the id of one. */
  boolean hasChoice(String id) {
    return choices.stream().anyMatch(choice -> choice.id().equals(id));
  }

  /** True when it has the choice that is meant by its id or its code. */
  boolean offers(Value chosen) {
    String code = chosen.enumCode();
    return hasChoice(chosen.enumId())
        || (code != null && choices.stream().anyMatch(choice -> code.equals(choice.code())));
  }

  private List<Choice> choices(Predicate<Choice> which) {
    return choices.stream().filter(which).toList();
  }

  /** For a reader. */
  String words() {
    return "field %s (%s)".formatted(id, name);
  }
}
