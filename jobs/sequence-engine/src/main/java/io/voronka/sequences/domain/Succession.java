package io.voronka.sequences.domain;

import io.voronka.sequences.domain.Sequence.Running;
import io.voronka.sequences.domain.Sequence.State;
import io.voronka.sequences.domain.step.Step;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What a newly published version means for those who are inside. */
public final class Succession {
  private Succession() {}

  /** What becomes of one of them. */
  public enum Fate {
    /** It goes on by the version it has. */
    FINISHES,
    /** It goes on by the new version, where it is. */
    MOVES,
    /** It begins anew by the new version. */
    RESTARTS,
    /** It leaves. */
    LEAVES
  }

  /**
   * Where somebody is.
   *
   * @param present the definition that it goes by; null: there is no such version any more
   * @param stepId null: it has come to the end, and is paused there
   */
  public record Place(Sequence present, String stepId) {}

  /**
   * What publishing a version does to those who are inside.
   *
   * @param counts how many go where, all fates
   * @param unmoved of those who were to move and finish by the version they have instead, how many
   *     are in which step
   */
  public record Preview(Map<Fate, Integer> counts, Map<String, Integer> unmoved) {}

  /** What becomes of somebody. */
  public static Fate of(Sequence newer, Place place) {
    if (newer.state() == State.STOPPED || place.present() == null) {
      return Fate.LEAVES;
    }
    if (newer.running() == Running.RESTART) {
      return Fate.RESTARTS;
    }
    return newer.running() == Running.MOVE && fits(newer, place) ? Fate.MOVES : Fate.FINISHES;
  }

  /** What publishing the version now would do to each of them. */
  public static Preview preview(Sequence newer, Iterable<Place> inside) {
    Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    for (Fate fate : Fate.values()) {
      counts.put(fate, 0);
    }
    Map<String, Integer> unmoved = new TreeMap<>();
    for (Place place : inside) {
      Fate fate = of(newer, place);
      counts.merge(fate, 1, Integer::sum);
      if (fate == Fate.FINISHES && newer.running() == Running.MOVE) {
        unmoved.merge(place.stepId(), 1, Integer::sum);
      }
    }
    return new Preview(counts, unmoved);
  }

  /** A step is the same one when it has the same id and goes on with what the other has begun. */
  private static boolean fits(Sequence newer, Place place) {
    if (place.stepId() == null) {
      return true;
    }
    Step then = newer.step(place.stepId());
    Step now = place.present().step(place.stepId());
    return then != null && now != null && then.continues(now);
  }
}
