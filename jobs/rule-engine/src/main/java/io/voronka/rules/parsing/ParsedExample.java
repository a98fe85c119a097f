package io.voronka.rules.parsing;

import io.voronka.rules.trial.Example;
import java.util.List;
import java.util.Optional;

/**
 * An example, or all that is wrong with its definition.
 *
 * @param problems in the order of the document; empty exactly when there is an example
 */
public record ParsedExample(Optional<Example> example, List<Problem> problems) {
  public ParsedExample {
    problems = List.copyOf(problems);
  }
}
