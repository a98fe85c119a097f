package io.voronka.rules.domain.subject;

import java.util.Objects;

/**
 * Names a field of an entity.
 *
 * @param part what of a custom field's values is meant
 */
public record FieldRef(Naming naming, String name, Part part) {

  /** How the field is named. */
  public enum Naming {
    STANDARD,
    CUSTOM_ID,
    CUSTOM_CODE
  }

  /** What of a custom field's value is read. */
  public enum Part {
    TEXT,
    ENUM_ID,
    ENUM_CODE,
    /** The id of what was chosen from a list; its text where the CRM left the id out. */
    CHOICE
  }

  public static final FieldRef STAGE = standard("status_id");
  public static final FieldRef PIPELINE = standard("pipeline_id");

  public FieldRef {
    Objects.requireNonNull(naming, "naming");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(part, "part");
  }

  public static FieldRef standard(String name) {
    return new FieldRef(Naming.STANDARD, name, Part.TEXT);
  }

  public static FieldRef customId(String id, Part part) {
    return new FieldRef(Naming.CUSTOM_ID, id, part);
  }

  public static FieldRef customCode(String code, Part part) {
    return new FieldRef(Naming.CUSTOM_CODE, code, part);
  }

  @Override
  public String toString() {
    return switch (naming) {
      case STANDARD -> name;
      case CUSTOM_ID -> "field " + name;
      case CUSTOM_CODE -> "field " + name;
    };
  }
}
