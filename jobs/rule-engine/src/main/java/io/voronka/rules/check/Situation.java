package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.limit.ActiveHours;
import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.rules.trial.SubjectEvents;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Subject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A lead that is created or imported, and all that then happens to it from outside. An import sets
 * off no rule.
 *
 * @param events in the order of their times
 * @param until when the last of it has happened, epoch milliseconds; rules may fire by themselves
 *     up to then
 */
record Situation(Subject subject, List<CrmEvent> events, long until) {
  /** A Monday at noon. */
  static final long CREATED_AT = 1_767_614_400_000L;

  private static final long SOON = Duration.ofHours(1).toMillis();
  private static final String SOMEWHERE = "1";

  /**
   * @param rules whose account and active hours are met, as far as they can be
   */
  static Situation of(Draft draft, List<Rule> rules) {
    String account =
        rules.stream().flatMap(rule -> rule.account().stream()).findFirst().orElse("any");
    Subject subject = new Subject("any", account, EntityType.LEAD, "1");
    long after = Math.max(draft.afterMillis(), draft.creates() ? 0 : SOON);
    long shift = shift(CREATED_AT + after, rules);
    return new Builder(draft, subject, CREATED_AT + shift).build(CREATED_AT + shift + after);
  }

  /** By how much everything is put off, so that the last of it is in the first active hours. */
  private static long shift(long last, List<Rule> rules) {
    for (Rule rule : rules) {
      Optional<ActiveHours> active = rule.active();
      if (active.isPresent() && !active.get().contain(last, ZoneOffset.UTC)) {
        return active.get().nextStart(last, ZoneOffset.UTC) - last;
      }
    }
    return 0;
  }

  private static final class Builder {
    private final Draft draft;
    private final Subject subject;
    private final long createdAt;
    private final List<CrmEvent> events = new ArrayList<>();

    Builder(Draft draft, Subject subject, long createdAt) {
      this.draft = draft;
      this.subject = subject;
      this.createdAt = createdAt;
    }

    Situation build(long last) {
      Map<FieldRef, List<String>> known = new HashMap<>();
      known.put(FieldRef.STAGE, List.of(SOMEWHERE));
      known.put(FieldRef.PIPELINE, List.of(SOMEWHERE));
      known.putAll(draft.now());
      known.putAll(draft.was());
      boolean seen = draft.creates() || draft.earlier().containsKey(EventKind.LEAD_CREATED);
      event(seen ? EventKind.LEAD_CREATED : EventKind.LEAD_IMPORTED, createdAt, known);
      if (draft.creates()) {
        return new Situation(subject, List.copyOf(events), last);
      }
      long at = createdAt;
      for (Map.Entry<EventKind, Integer> kind : draft.earlier().entrySet()) {
        for (int i = 0; i < kind.getValue() && kind.getKey() != EventKind.LEAD_CREATED; i++) {
          at += 1000;
          event(kind.getKey(), at, Map.of());
        }
      }
      if (draft.kind() != null) {
        event(draft.kind(), Math.max(at, last), carried());
      }
      return new Situation(subject, List.copyOf(events), Math.max(at, last));
    }

    private Map<FieldRef, List<String>> carried() {
      Map<FieldRef, List<String>> carried = new HashMap<>(draft.own());
      if (draft.about()) {
        carried.putAll(draft.now());
      }
      return carried;
    }

    private void event(EventKind kind, long at, Map<FieldRef, List<String>> fields) {
      CrmEvent event = SubjectEvents.of(kind, subject, "event-" + events.size(), at);
      Map<String, List<FieldValue>> custom = new HashMap<>();
      fields.forEach(
          (field, texts) -> {
            if (field.naming() == FieldRef.Naming.STANDARD) {
              event.getFields().put(field.name(), texts.isEmpty() ? "" : texts.get(0));
            } else {
              custom.merge(field.name(), values(field, texts), Builder::merged);
            }
          });
      custom.forEach(
          (name, values) -> event.getCustomFields().add(SubjectEvents.customField(name, values)));
      events.add(event);
    }

    private static List<FieldValue> values(FieldRef field, List<String> texts) {
      return texts.stream()
          .map(
              text ->
                  switch (field.part()) {
                    case TEXT -> new FieldValue(text, null, null);
                    case ENUM_ID, CHOICE -> new FieldValue(null, text, null);
                    case ENUM_CODE -> new FieldValue(null, null, text);
                  })
          .toList();
    }

    /** Parts of one field, each settled by itself. */
    private static List<FieldValue> merged(List<FieldValue> one, List<FieldValue> other) {
      List<FieldValue> merged = new ArrayList<>();
      for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
        FieldValue a = one.get(i);
        FieldValue b = other.get(i);
        merged.add(
            new FieldValue(
                either(a.getValue(), b.getValue()),
                either(a.getEnumId(), b.getEnumId()),
                either(a.getEnumCode(), b.getEnumCode())));
      }
      return merged;
    }

    private static String either(String one, String other) {
      return one == null ? other : one;
    }
  }
}
