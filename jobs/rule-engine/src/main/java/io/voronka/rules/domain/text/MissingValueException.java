package io.voronka.rules.domain.text;

/** A text names a variable that has no value now and no default. */
public final class MissingValueException extends UnfillableTextException {
  private static final long serialVersionUID = 1L;

  private final String variable;

  MissingValueException(String variable) {
    super("a value for " + variable, null);
    this.variable = variable;
  }

  public String variable() {
    return variable;
  }
}
