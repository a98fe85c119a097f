package io.voronka.rules.domain.subject;

import io.voronka.schemas.EventKind;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * The newest happening of each kind. A subject has seen few of the dozens of kinds, and every event
 * makes a new one of these: it takes no more room than for what it holds, and is gone through to
 * find one. Never changes.
 */
public final class LastHappenings extends AbstractMap<EventKind, Happening> {
  static final LastHappenings NONE = new LastHappenings(new EventKind[0], new Happening[0]);

  /** In their order. */
  private final EventKind[] kinds;

  private final Happening[] happenings;

  private LastHappenings(EventKind[] kinds, Happening[] happenings) {
    this.kinds = kinds;
    this.happenings = happenings;
  }

  /**
   * Keeps the arrays; nobody may change them any more.
   *
   * @param kinds in their order
   * @param happenings of each
   */
  public static LastHappenings of(EventKind[] kinds, Happening[] happenings) {
    return kinds.length == 0 ? NONE : new LastHappenings(kinds, happenings);
  }

  static LastHappenings of(Map<EventKind, Happening> last) {
    if (last instanceof LastHappenings already) {
      return already;
    }
    EventKind[] kinds = last.keySet().toArray(EventKind[]::new);
    Arrays.sort(kinds);
    Happening[] happenings = new Happening[kinds.length];
    Arrays.setAll(happenings, i -> last.get(kinds[i]));
    return of(kinds, happenings);
  }

  /** With another one of that kind. */
  LastHappenings with(EventKind kind, Happening happening) {
    int place = 0;
    while (place < kinds.length && kinds[place].compareTo(kind) < 0) {
      place++;
    }
    if (place < kinds.length && kinds[place] == kind) {
      Happening[] after = happenings.clone();
      after[place] = happening;
      return new LastHappenings(kinds, after);
    }
    EventKind[] moreKinds = Arrays.copyOf(kinds, kinds.length + 1);
    Happening[] more = Arrays.copyOf(happenings, kinds.length + 1);
    System.arraycopy(kinds, place, moreKinds, place + 1, kinds.length - place);
    System.arraycopy(happenings, place, more, place + 1, kinds.length - place);
    moreKinds[place] = kind;
    more[place] = happening;
    return new LastHappenings(moreKinds, more);
  }

  @Override
  public int size() {
    return kinds.length;
  }

  @Override
  public Happening get(Object kind) {
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == kind) {
        return happenings[i];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(Object kind) {
    return get(kind) != null;
  }

  @Override
  public Set<EventKind> keySet() {
    return new Numbered<>(kinds.length, i -> kinds[i]);
  }

  @Override
  public Set<Map.Entry<EventKind, Happening>> entrySet() {
    return new Numbered<>(kinds.length, i -> Map.entry(kinds[i], happenings[i]));
  }
}
