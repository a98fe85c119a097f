package io.voronka.sequences.domain;

import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.subject.SubjectView;
import java.time.ZoneId;

/**
 * Where and when something happens to an enrolment.
 *
 * @param view the subject, with the event in it if there is one
 * @param zone of the tenant
 * @param causeId the event or command; null when time alone does it
 */
public record Scene(SubjectView view, Clocks clocks, ZoneId zone, String causeId) {

  /** The log's time, epoch milliseconds. */
  long now() {
    return clocks.firedAt();
  }
}
