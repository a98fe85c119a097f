package io.voronka.jobs.kit.events.domain;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import java.util.Optional;

/**
 * Whose lead a talk is, as one of its events told that named both. Never rejects: it is state.
 *
 * @param talk key of the talk
 * @param asOf vendor's time of the event that told, epoch milliseconds; 0 when it had none
 */
public record TalkLead(String talk, String leadId, long asOf) {

  /** What an event tells of a talk and its lead; empty when it does not name both. */
  public static Optional<TalkLead> toldBy(CrmEvent event) {
    String talkId = event.getEntityType() == EntityType.TALK ? event.getEntityId() : null;
    for (EntityRef link : event.getLinks()) {
      talkId = talkId == null && link.getType() == EntityType.TALK ? link.getId() : talkId;
    }
    if (talkId == null || event.getSubjectType() != EntityType.LEAD) {
      return Optional.empty();
    }
    Subject talk = new Subject(event.getTenantId(), event.getAccountId(), EntityType.TALK, talkId);
    long at = event.getOccurredAt() == null ? 0 : event.getOccurredAt();
    return Optional.of(new TalkLead(talk.key(), event.getSubjectId(), at));
  }

  /** What is known once this was told: a talk may be handed from one lead to another. */
  public TalkLead after(TalkLead known) {
    return known != null && known.asOf > asOf ? known : this;
  }

  /** An event of the talk as its lead is told of it. */
  public CrmEvent tell(CrmEvent event) {
    return CrmEvent.newBuilder(event)
        .setId(StableId.of(event.getId(), leadId))
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(leadId)
        .build();
  }
}
