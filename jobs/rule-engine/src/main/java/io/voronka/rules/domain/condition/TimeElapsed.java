package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.Happening;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.domain.subject.SubjectView;
import io.voronka.schemas.EventKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code time_elapsed}: so much time has passed since something, and nothing of certain kinds has
 * happened since. It becomes true by itself: {@link #moment} tells when, so that the rule can be
 * judged then, without any further event.
 *
 * @param afterMillis from the beginning to the moment; below zero only before a field's date
 * @param unless kinds of events that end the wait when they come after its beginning
 */
public record TimeElapsed(String pointer, Anchor since, long afterMillis, Set<EventKind> unless)
    implements Condition {

  public TimeElapsed {
    unless = Set.copyOf(unless);
  }

  /** The same with another beginning. */
  public TimeElapsed beginningWith(Anchor other) {
    return other.equals(since) ? this : new TimeElapsed(pointer, other, afterMillis, unless);
  }

  @Override
  public Truth test(SubjectView view) {
    view.budget().take(2 + unless.size());
    Happening beginning = since.in(view.after());
    if (beginning == null) {
      return Truth.UNKNOWN;
    }
    return Truth.of(
        view.now() >= beginning.at() + afterMillis && ending(view.after(), beginning) == null);
  }

  /**
   * When it becomes true if nothing else happens, epoch milliseconds; may lie in the past.
   *
   * @param beginning as {@link Anchor#in} gives it
   */
  public long moment(Happening beginning) {
    return beginning.at() + afterMillis;
  }

  /** True when something has ended the wait. */
  public boolean ended(SubjectState state, Happening beginning) {
    return ending(state, beginning) != null;
  }

  @Override
  public String expected() {
    StringBuilder words = new StringBuilder();
    words.append(Wording.duration(Math.abs(afterMillis)));
    words.append(afterMillis < 0 ? " before " : " since ").append(since.written());
    if (!unless.isEmpty()) {
      words.append(" and no ").append(String.join(", no ", names()));
    }
    return words.toString();
  }

  @Override
  public String actual(SubjectView view) {
    Happening beginning = since.in(view.after());
    if (beginning == null) {
      return null;
    }
    EventKind ending = ending(view.after(), beginning);
    if (ending != null) {
      return ending.name().toLowerCase(Locale.ROOT)
          + " at "
          + Instant.ofEpochMilli(view.after().past().last(ending).at());
    }
    long elapsed = view.now() - beginning.at();
    return Wording.duration(Math.abs(elapsed)) + (elapsed < 0 ? " before it" : "");
  }

  /** The first in the order of the enumeration, so that it is always the same one. */
  private EventKind ending(SubjectState state, Happening beginning) {
    if (unless.isEmpty()) {
      return null;
    }
    for (EventKind kind : EnumSet.copyOf(unless)) {
      Happening last = state.past().last(kind);
      if (last != null && last.id() != beginning.id() && last.isAfter(beginning)) {
        return kind;
      }
    }
    return null;
  }

  private List<String> names() {
    return unless.stream()
        .sorted(Comparator.naturalOrder())
        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
