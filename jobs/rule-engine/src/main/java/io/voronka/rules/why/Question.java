package io.voronka.rules.why;

import io.voronka.schemas.Subject;
import java.util.Objects;

/**
 * Why did, or did not, a rule fire for a subject?
 *
 * @param at as things stood then, epoch milliseconds of the log
 */
public record Question(Subject subject, String ruleId, long at) {
  public Question {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(ruleId, "ruleId");
  }
}
