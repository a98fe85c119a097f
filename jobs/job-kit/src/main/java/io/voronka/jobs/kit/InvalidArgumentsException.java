package io.voronka.jobs.kit;

import java.util.List;

/** Everything that is wrong with a job's arguments, at once. */
public final class InvalidArgumentsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidArgumentsException(List<String> errors) {
    super(String.join("\n", errors));
  }
}
