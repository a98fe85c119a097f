package io.voronka.sequences.parsing;

import io.voronka.rules.parsing.Problem;
import io.voronka.sequences.domain.Sequence;
import java.util.List;
import java.util.Optional;

/**
 * A sequence, or all that is wrong with its definition.
 *
 * @param problems in the order of the document; empty exactly when there is a sequence
 */
public record ParsedSequence(Optional<Sequence> sequence, List<Problem> problems) {
  public ParsedSequence {
    problems = List.copyOf(problems);
  }

  public boolean ok() {
    return sequence.isPresent();
  }
}
