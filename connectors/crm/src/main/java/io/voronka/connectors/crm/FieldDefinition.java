package io.voronka.connectors.crm;

import io.voronka.schemas.EntityType;
import java.util.List;

/**
 * A custom field of leads, contacts or companies.
 *
 * @param code {@code PHONE}, {@code EMAIL} ...; null for most
 * @param type the vendor's name: {@code text}, {@code numeric}, {@code select} ...
 * @param choices of a select, or kinds of a phone or mail address; empty for others
 */
public record FieldDefinition(
    EntityType entity, String id, String code, String name, String type, List<Choice> choices) {
  public FieldDefinition {
    choices = List.copyOf(choices);
  }

  /**
   * One of the values to choose from.
   *
   * @param code {@code WORK}, {@code MOB} ...; null for most
   */
  public record Choice(String id, String value, int sort, String code) {}
}
