package io.voronka.rules.domain.subject;

import io.voronka.schemas.EventKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What has happened to a subject, as far as rules ask for it. Absent means never seen.
 *
 * @param last the newest happening of each kind; LEAD_STAGE_CHANGED means that the lead entered a
 *     stage
 * @param counts the newest times (epoch milliseconds, oldest first) of what {@code event_triggered}
 *     counts, by the counter's id
 */
public record Past(Map<EventKind, Happening> last, Map<Long, long[]> counts) {
  public static final Past NONE = new Past(Map.of(), Map.of());

  public Past {
    last = last == null ? LastHappenings.NONE : LastHappenings.of(last);
    counts = counts == null ? Map.of() : counts;
  }

  /** Null when never seen. */
  public Happening last(EventKind kind) {
    return last.get(kind);
  }

  /** With this happening in it; an older one than is known changes nothing. */
  public Past with(EventKind kind, Happening happening) {
    Happening known = last.get(kind);
    if (known != null && !happening.isAfter(known)) {
      return this;
    }
    return new Past(LastHappenings.of(last).with(kind, happening), counts);
  }

  /** With the chain that an event was in at all that it told of. */
  Past inChain(long event, int depth) {
    EnumMap<EventKind, Happening> after = new EnumMap<>(EventKind.class);
    last.forEach(
        (kind, known) -> after.put(kind, known.id() == event ? known.inChain(depth) : known));
    return new Past(after, counts);
  }

  /**
   * Counts one more.
   *
   * @param most how many times are kept
   */
  public Past counted(long counter, long at, int most) {
    long[] known = counts.getOrDefault(counter, new long[0]);
    long[] times = Arrays.copyOf(known, known.length + 1);
    times[known.length] = at;
    Arrays.sort(times);
    Map<Long, long[]> after = new HashMap<>(counts);
    after.put(
        counter,
        times.length > most ? Arrays.copyOfRange(times, times.length - most, times.length) : times);
    return new Past(last, after);
  }

  /** Without the counts of other counters. */
  public Past keeping(Set<Long> counters) {
    if (counts.isEmpty() || counters.containsAll(counts.keySet())) {
      return this;
    }
    Map<Long, long[]> after = new HashMap<>(counts);
    after.keySet().retainAll(counters);
    return new Past(last, after);
  }

  /** Without the last happenings of other kinds. */
  public Past keepingLast(Set<EventKind> kinds) {
    if (last.isEmpty() || kinds.containsAll(last.keySet())) {
      return this;
    }
    Map<EventKind, Happening> after = new EnumMap<>(EventKind.class);
    last.forEach(
        (kind, happening) -> {
          if (kinds.contains(kind)) {
            after.put(kind, happening);
          }
        });
    return new Past(after, counts);
  }

  /** How often a counter counted after a moment. */
  public int countAfter(long counter, long moment) {
    long[] times = counts.get(counter);
    int count = 0;
    for (int i = times == null ? -1 : times.length - 1; i >= 0 && times[i] > moment; i--) {
      count++;
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Past that
        && last.equals(that.last)
        && counts.keySet().equals(that.counts.keySet())
        && counts.entrySet().stream()
            .allMatch(count -> Arrays.equals(count.getValue(), that.counts.get(count.getKey())));
  }

  @Override
  public int hashCode() {
    return 31 * last.hashCode() + counts.keySet().hashCode();
  }
}
