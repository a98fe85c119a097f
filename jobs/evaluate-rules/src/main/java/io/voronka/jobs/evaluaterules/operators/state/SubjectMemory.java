package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.jobs.evaluaterules.domain.SubjectCourse.Place;
import io.voronka.rules.domain.subject.SubjectState;

/**
 * All that the job remembers of one subject: one value, read and written once per event.
 *
 * @param ruledAt as in {@link Place}
 */
public record SubjectMemory(SubjectState subject, SeenEvents seen, long ruledAt) {
  public static final SubjectMemory EMPTY = new SubjectMemory(null, null, Place.NEW);

  public SubjectMemory {
    subject = subject == null ? SubjectState.EMPTY : subject;
    seen = seen == null ? SeenEvents.NONE : seen;
  }

  public Place place() {
    return new Place(subject, ruledAt);
  }

  public SubjectMemory at(Place place) {
    return at(place, seen);
  }

  public SubjectMemory at(Place place, SeenEvents events) {
    return new SubjectMemory(place.state(), events, place.ruledAt());
  }
}
