package io.voronka.rules.domain.subject;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Brings an event into the state of its subject. Field by field the newer vendor time wins, equal
 * times go by arrival (the vendor's clock has whole seconds); an event without a time is taken as
 * it comes and makes no later event stale.
 */
final class StateMerge {
  private static final String STAGE = "status_id";
  private static final String PIPELINE = "pipeline_id";

  private StateMerge() {}

  record Merged(SubjectState after, StageMove move) {}

  /**
   * @param now the event's time in the log, epoch milliseconds
   */
  static Merged merge(SubjectState before, CrmEvent event, long now) {
    Happening happening =
        new Happening(happenedAt(event, now), now, StableId.fingerprint(event.getId()));
    if (!about(event)) {
      SubjectState after = withContact(withTalk(before, event), event);
      return new Merged(after.with(after.past().with(event.getKind(), happening)), StageMove.NONE);
    }
    StageMove move = stageMove(before, event);
    Happening entry = before.stageEntry();
    if (move.entered()) {
      entry = happening;
    } else if (move.status() == StageMove.Status.UNKNOWN) {
      entry = null;
    }
    SubjectState after =
        new SubjectState(
            newest(event, before.asOf()),
            fields(before, event, kept(event, move)),
            customFields(before, event),
            entry,
            before.talkId(),
            before.talkAt(),
            past(before.past(), event, move, happening),
            before.standing(),
            before.contacts().afterLead(event));
    return new Merged(after, move);
  }

  /** Where the lead is stays as it is known when the event tells of an overtaken stage. */
  private static Map<String, String> kept(CrmEvent event, StageMove move) {
    if (!move.stale()) {
      return event.getFields();
    }
    Map<String, String> kept = new HashMap<>(event.getFields());
    kept.remove(STAGE);
    kept.remove(PIPELINE);
    return kept;
  }

  private static Past past(Past before, CrmEvent event, StageMove move, Happening happening) {
    Past past = before;
    if (event.getKind() != EventKind.LEAD_STAGE_CHANGED) {
      past = past.with(event.getKind(), happening);
    }
    return move.entered() ? past.with(EventKind.LEAD_STAGE_CHANGED, happening) : past;
  }

  /** A hook that comes late tells of then, and no clock of a vendor runs ahead of the log's. */
  static long happenedAt(CrmEvent event, long now) {
    Long at = event.getOccurredAt();
    return at == null ? now : Math.min(at, now);
  }

  /** True when the event carries the subject's own fields. */
  static boolean about(CrmEvent event) {
    return event.getEntityType() == event.getSubjectType()
        && event.getEntityId().equals(event.getSubjectId());
  }

  /**
   * @param knownAt time of the value that is known, 0 when there is none
   */
  static boolean stale(CrmEvent event, long knownAt) {
    Long at = event.getOccurredAt();
    if (event.getKind() == EventKind.LEAD_CREATED) {
      // Nothing about a lead is older than its creation, within the same second neither.
      return knownAt > 0 && (at == null || at <= knownAt);
    }
    if (imported(event)) {
      // It was read some time before it is here: a hook of the same second may tell of a later
      // change.
      return knownAt > 0 && at != null && at <= knownAt;
    }
    return at != null && at < knownAt;
  }

  private static boolean imported(CrmEvent event) {
    return switch (event.getKind()) {
      case LEAD_IMPORTED, CONTACT_IMPORTED, COMPANY_IMPORTED -> true;
      default -> false;
    };
  }

  /**
   * @param carried those of the event's fields that are kept
   */
  static Map<String, Known> fields(
      SubjectState before, CrmEvent event, Map<String, String> carried) {
    Map<String, Known> known = before.fields();
    if (carried.isEmpty()) {
      return known;
    }
    StandardFields after = new StandardFields();
    boolean newest = newestOfAll(before, event);
    for (Map.Entry<String, String> field : carried.entrySet()) {
      String name = field.getKey();
      Known old = newest ? null : known.get(name);
      if (old == null) {
        after.put(name, field.getValue(), newest(event, 0));
      } else if (stale(event, old.at())) {
        after.put(name, old);
      } else {
        after.put(name, field.getValue(), newest(event, old.at()));
      }
    }
    // Not entry by entry: what was known may still have to be read, and mostly none of it is kept.
    for (String name : known.keySet()) {
      if (!after.containsKey(name)) {
        after.put(name, known.get(name));
      }
    }
    return after;
  }

  static Map<String, KnownCustom> customFields(SubjectState before, CrmEvent event) {
    Map<String, KnownCustom> known = before.customFields();
    if (event.getCustomFields().isEmpty()) {
      return known;
    }
    Map<String, KnownCustom> after =
        new CustomFields(Math.max(known.size(), event.getCustomFields().size()));
    for (CustomField field : event.getCustomFields()) {
      KnownCustom old = known.get(field.getId());
      if (old != null && stale(event, old.at())) {
        after.put(field.getId(), old);
      } else {
        String code = field.getCode() == null && old != null ? old.code() : field.getCode();
        long at = newest(event, old == null ? 0 : old.at());
        after.put(field.getId(), new KnownCustom(code, Value.of(field.getValues()), at));
      }
    }
    known.forEach(after::putIfAbsent);
    return after;
  }

  /** True when no field can be newer than the event: the usual case, and the cheap one. */
  private static boolean newestOfAll(SubjectState before, CrmEvent event) {
    return event.getOccurredAt() != null && !stale(event, before.asOf());
  }

  private static SubjectState withTalk(SubjectState before, CrmEvent event) {
    String talkId = event.getEntityType() == EntityType.TALK ? event.getEntityId() : null;
    String named = event.getFields().get("talk_id");
    talkId = named == null ? talkId : named;
    if (talkId == null || talkId.isEmpty() || stale(event, before.talkAt())) {
      return before;
    }
    return new SubjectState(
        before.asOf(),
        before.fields(),
        before.customFields(),
        before.stageEntry(),
        talkId,
        newest(event, before.talkAt()),
        before.past(),
        before.standing(),
        before.contacts());
  }

  private static SubjectState withContact(SubjectState before, CrmEvent event) {
    return event.getEntityType() == EntityType.CONTACT && event.getSubjectType() == EntityType.LEAD
        ? before.with(before.contacts().afterContact(event))
        : before;
  }

  /**
   * One move is told by up to three hooks: the first to come shows it, the others change nothing.
   */
  private static StageMove stageMove(SubjectState before, CrmEvent event) {
    String to = event.getFields().get(STAGE);
    if (event.getSubjectType() != EntityType.LEAD || to == null) {
      return StageMove.NONE;
    }
    String from = before.stageId();
    String fromPipeline = before.pipelineId();
    String carriedPipeline = event.getFields().get(PIPELINE);
    String toPipeline = carriedPipeline == null ? fromPipeline : carriedPipeline;
    boolean same = to.equals(from) && Objects.equals(toPipeline, fromPipeline);
    if (from != null && !same && to.equals(from) && fromPipeline == null) {
      same = true; // The pipeline has only now become known.
    }
    if (from != null && !same && imported(event)) {
      // Nobody saw the lead move. The hook that tells of it may still come, and counts then.
      return stale(event, before.fields().get(STAGE).at())
          ? StageMove.NONE
          : new StageMove(StageMove.Status.UNKNOWN, from, fromPipeline, to, toPipeline);
    }
    if (from != null && !same) {
      boolean old =
          event.getKind() == EventKind.LEAD_CREATED
              || stale(event, before.fields().get(STAGE).at());
      return new StageMove(
          old ? StageMove.Status.STALE : StageMove.Status.MOVED,
          from,
          fromPipeline,
          to,
          toPipeline);
    }
    if (from != null && before.stageEntry() != null) {
      return StageMove.NONE;
    }
    return firstSight(event, from != null, to, toPipeline);
  }

  /** Nobody has counted the entry into this stage yet; does this event tell of it? */
  private static StageMove firstSight(
      CrmEvent event, boolean stageKnown, String to, String toPipeline) {
    if (event.getKind() == EventKind.LEAD_CREATED) {
      return new StageMove(StageMove.Status.CREATED, null, null, to, toPipeline);
    }
    String previous = event.getPrevious().get(STAGE);
    if (previous != null && !previous.equals(to)) {
      String previousPipeline = event.getPrevious().getOrDefault(PIPELINE, toPipeline);
      return new StageMove(StageMove.Status.MOVED, previous, previousPipeline, to, toPipeline);
    }
    if (event.getKind() == EventKind.LEAD_STAGE_CHANGED) {
      return new StageMove(StageMove.Status.MOVED, null, null, to, toPipeline);
    }
    return stageKnown
        ? StageMove.NONE
        : new StageMove(StageMove.Status.UNKNOWN, null, null, to, toPipeline);
  }

  static long newest(CrmEvent event, long knownAt) {
    return event.getOccurredAt() == null ? knownAt : Math.max(knownAt, event.getOccurredAt());
  }
}
