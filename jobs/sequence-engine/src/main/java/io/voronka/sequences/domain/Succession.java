package io.voronka.sequences.domain;

import io.voronka.sequences.domain.Sequence.Running;
import io.voronka.sequences.domain.Sequence.State;
import io.voronka.sequences.domain.step.Step;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

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
   * What becomes of an enrolment.
   *
   * @param present the version that it goes by
   */
  public static Fate of(Sequence newer, Sequence present, Enrolment enrolment) {
    if (newer.state() == State.STOPPED) {
      return Fate.LEAVES;
    }
    if (newer.running() == Running.RESTART) {
      return Fate.RESTARTS;
    }
    return newer.running() == Running.MOVE && fits(newer, present, enrolment.position().stepId())
        ? Fate.MOVES
        : Fate.FINISHES;
  }

  /**
   * How many go where: what publishing the version now would do to each of them.
   *
   * @param present the definition that an enrolment goes by
   */
  public static Map<Fate, Integer> count(
      Sequence newer, Collection<Enrolment> inside, Function<Enrolment, Sequence> present) {
    Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    for (Fate fate : Fate.values()) {
      counts.put(fate, 0);
    }
    for (Enrolment enrolment : inside) {
      counts.merge(of(newer, present.apply(enrolment), enrolment), 1, Integer::sum);
    }
    return counts;
  }

  /** A step is the same one when it has the same id and is of the same kind. */
  private static boolean fits(Sequence newer, Sequence present, String stepId) {
    if (stepId == null) {
      return true;
    }
    Step then = newer.step(stepId);
    Step now = present.step(stepId);
    return then != null && now != null && then.kind().equals(now.kind());
  }
}
