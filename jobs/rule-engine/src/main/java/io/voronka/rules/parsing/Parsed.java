package io.voronka.rules.parsing;

import io.voronka.rules.domain.Rule;
import java.util.List;
import java.util.Optional;

/**
 * A rule, or all that is wrong with its definition.
 *
 * @param problems in the order of the document; empty exactly when there is a rule
 */
public record Parsed(Optional<Rule> rule, List<Problem> problems) {
  public Parsed {
    problems = List.copyOf(problems);
  }

  public boolean ok() {
    return rule.isPresent();
  }
}
