package io.voronka.rules.domain.action;

/**
 * A text names a variable that has no value now and no default: better no message than a wrong one.
 */
public final class MissingValueException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String variable;

  MissingValueException(String variable) {
    super("no value for " + variable);
    this.variable = variable;
  }

  public String variable() {
    return variable;
  }
}
