package io.voronka.rules.domain.subject;

import java.util.Objects;

/**
 * Names a field of an entity. A value; a class only because its code is worked out once and no part
 * of it.
 */
public final class FieldRef {
  private final Naming naming;
  private final String name;
  private final Part part;
  private final int code;

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

  /**
   * @param part what of a custom field's values is meant
   */
  public FieldRef(Naming naming, String name, Part part) {
    this.naming = Objects.requireNonNull(naming, "naming");
    this.name = Objects.requireNonNull(name, "name");
    this.part = Objects.requireNonNull(part, "part");
    this.code = naming == Naming.STANDARD ? FieldNames.code(name) : 0;
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

  public Naming naming() {
    return naming;
  }

  public String name() {
    return name;
  }

  public Part part() {
    return part;
  }

  /** Of a standard field, as {@link FieldNames} has it; 0 when it has none. */
  int code() {
    return code;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldRef ref
        && naming == ref.naming
        && part == ref.part
        && name.equals(ref.name);
  }

  @Override
  public int hashCode() {
    return Objects.hash(naming, name, part);
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
