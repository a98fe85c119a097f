package io.voronka.jobs.drivesequences.operators.state;

import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.sequences.domain.Enrolments;

/**
 * All that the job remembers of one subject.
 *
 * @param seenAt the log's time that the subject has come to, epoch milliseconds: it never goes back
 */
public record SubjectMemory(SubjectState subject, Enrolments enrolments, long seenAt) {
  public static final SubjectMemory EMPTY = new SubjectMemory(null, null, 0);

  public SubjectMemory {
    subject = subject == null ? SubjectState.EMPTY : subject;
    enrolments = enrolments == null ? Enrolments.NONE : enrolments;
  }

  /** With something else known of the subject. */
  public SubjectMemory of(SubjectState known) {
    return known == subject ? this : new SubjectMemory(known, enrolments, seenAt);
  }

  /** True when the two tell the same, whenever they were seen. */
  public boolean tellsAs(SubjectMemory other) {
    return subject.equals(other.subject) && enrolments.equals(other.enrolments);
  }
}
