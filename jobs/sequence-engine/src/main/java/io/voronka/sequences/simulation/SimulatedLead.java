package io.voronka.sequences.simulation;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.catalogue.FieldCatalogue;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.Example;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import java.util.List;

/**
 * A lead and what happens to it.
 *
 * @param before what is known of it
 * @param catalogue the account's custom fields, by which conditions compare
 * @param start epoch milliseconds
 * @param events in the order of their times; {@code receivedAt} is the log's time
 */
public record SimulatedLead(
    String name,
    Subject subject,
    SubjectState before,
    AccountSetting setting,
    FieldCatalogue catalogue,
    long start,
    List<CrmEvent> events) {
  public SimulatedLead {
    events = List.copyOf(events);
  }

  /** The lead of an example; what the example expects of rules is nothing to sequences. */
  public static SimulatedLead of(Example example) {
    return new SimulatedLead(
        example.name(),
        example.subject(),
        example.before(),
        example.setting(),
        example.catalogue(),
        example.start(),
        example.steps().stream().flatMap(step -> step.event().stream()).toList());
  }
}
