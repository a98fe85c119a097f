package io.voronka.rules.check;

import io.voronka.rules.domain.subject.FieldRef;
import io.voronka.schemas.EventKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A lead and an event, as far as they are settled. Immutable.
 *
 * @param kind of the event; null: there is none, only time passes
 * @param was values before the event
 * @param now values with the event in it; where only one of both is settled, nothing changes. An
 *     event about the lead carries them all, as the CRM's own do
 * @param own fields of the event's own entity, when that is not the subject
 * @param earlier events that came before, with how often; with LEAD_CREATED its creation was seen
 * @param afterMillis how long after the lead's creation the event comes, at least
 */
record Draft(
    EventKind kind,
    Map<FieldRef, List<String>> was,
    Map<FieldRef, List<String>> now,
    Map<FieldRef, List<String>> own,
    Map<EventKind, Integer> earlier,
    long afterMillis) {

  static Draft of(EventKind kind) {
    return new Draft(kind, Map.of(), Map.of(), Map.of(), Map.of(), 0);
  }

  /** True when the event is about the lead itself. */
  boolean about() {
    return kind != null && kind.name().startsWith("LEAD_");
  }

  boolean creates() {
    return kind == EventKind.LEAD_CREATED;
  }

  /** Null when it is not settled. */
  List<String> valueNow(FieldRef field) {
    List<String> value = now.get(field);
    return value == null && !creates() ? was.get(field) : value;
  }

  boolean moves() {
    List<String> from = was.get(FieldRef.STAGE);
    List<String> to = now.get(FieldRef.STAGE);
    return creates() || (about() && from != null && to != null && !from.equals(to));
  }

  Draft withNow(FieldRef field, List<String> value) {
    return new Draft(kind, was, with(now, field, value), own, earlier, afterMillis);
  }

  Draft withChange(FieldRef field, List<String> before, List<String> after) {
    Map<FieldRef, List<String>> known = creates() ? was : with(was, field, before);
    return new Draft(kind, known, with(now, field, after), own, earlier, afterMillis);
  }

  Draft withOwn(FieldRef field, List<String> value) {
    return new Draft(kind, was, now, with(own, field, value), earlier, afterMillis);
  }

  Draft withEarlier(EventKind before, int times) {
    Map<EventKind, Integer> more = new HashMap<>(earlier);
    more.merge(before, times, Math::max);
    return new Draft(kind, was, now, own, more, afterMillis);
  }

  Draft withAfter(long millis) {
    return new Draft(kind, was, now, own, earlier, Math.max(afterMillis, millis));
  }

  private static <K, V> Map<K, V> with(Map<K, V> known, K key, V value) {
    Map<K, V> more = new HashMap<>(known);
    more.put(key, value);
    return more;
  }
}
