package io.voronka.infra.local.why;

/** The question names something that the control tables do not hold, or leaves a choice open. */
public final class UnanswerableException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnanswerableException(String message) {
    super(message);
  }
}
