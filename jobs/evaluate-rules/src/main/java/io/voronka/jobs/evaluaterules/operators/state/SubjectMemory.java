package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.rules.domain.subject.SubjectState;

/** All that the job remembers of one subject: one value, read and written once per event. */
public record SubjectMemory(SubjectState subject, SeenEvents seen) {
  public static final SubjectMemory EMPTY = new SubjectMemory(null, null);

  public SubjectMemory {
    subject = subject == null ? SubjectState.EMPTY : subject;
    seen = seen == null ? SeenEvents.NONE : seen;
  }
}
