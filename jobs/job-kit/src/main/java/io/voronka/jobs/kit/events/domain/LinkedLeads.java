package io.voronka.jobs.kit.events.domain;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.StableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The leads that a contact or company belongs to, as its own hooks last told. A hook without links
 * says nothing about them. Reads defaults for what is missing and never rejects: it is state.
 *
 * @param asOf vendor's time of the hook that told, epoch milliseconds
 * @param ids of the leads, in order
 */
public record LinkedLeads(long asOf, List<String> ids) {
  public static final LinkedLeads NONE = new LinkedLeads(0, List.of());

  public LinkedLeads {
    ids = ids == null ? List.of() : ids;
  }

  /** What is known after an event about the contact or company. */
  public LinkedLeads after(CrmEvent event) {
    Set<String> told = new TreeSet<>();
    for (EntityRef link : event.getLinks()) {
      if (link.getType() == EntityType.LEAD) {
        told.add(link.getId());
      }
    }
    long at = event.getOccurredAt() == null ? asOf : event.getOccurredAt();
    return told.isEmpty() || at < asOf ? this : new LinkedLeads(at, List.copyOf(told));
  }

  /**
   * The event as each lead is told of it: the same happening, with an id of its own for each. A
   * lead that it does not belong to any more is told too, by which it knows.
   *
   * @param before what was known before the event
   */
  public List<CrmEvent> tell(CrmEvent event, LinkedLeads before) {
    Set<String> leads = new TreeSet<>(ids);
    leads.addAll(before.ids);
    List<CrmEvent> told = new ArrayList<>(leads.size());
    for (String lead : leads) {
      told.add(
          CrmEvent.newBuilder(event)
              .setId(StableId.of(event.getId(), lead))
              .setSubjectType(EntityType.LEAD)
              .setSubjectId(lead)
              .build());
    }
    return told;
  }
}
