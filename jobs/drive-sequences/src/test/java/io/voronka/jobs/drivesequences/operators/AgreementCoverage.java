package io.voronka.jobs.drivesequences.operators;

import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.ExitReason;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.delay.Delay;
import io.voronka.sequences.domain.step.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What happened in the lives that were compared: not what definitions hold, but what came about.
 */
final class AgreementCoverage {
  private static final long SPRING = SequenceTexts.millis("2026-03-29T03:00");
  private static final long AUTUMN = SequenceTexts.millis("2026-10-25T03:00");
  private static final List<String> DELAYS = List.of("duration", "time of day", "hours", "date");

  private final Map<String, Integer> counts = new TreeMap<>();

  /** All that has to come about. */
  static Set<String> whole() {
    Set<String> whole = new TreeSet<>();
    for (ExitReason reason : ExitReason.values()) {
      whole.add("exit " + reason.written());
    }
    for (ProgressKind kind : ProgressKind.values()) {
      if (kind != ProgressKind.UNKNOWN) {
        whole.add("told " + kind.name().toLowerCase(Locale.ROOT));
      }
    }
    for (String kind : List.of("action", "wait", "wait_for", "branch", "split")) {
      whole.add("step " + kind);
    }
    for (String delay : DELAYS) {
      whole.add("delay " + delay + " across spring");
      whole.add("delay " + delay + " across autumn");
    }
    for (String edit : List.of("finish", "move", "restart", "stopped")) {
      whole.add("edit " + edit);
    }
    return whole;
  }

  void life(RandomLife life, SequenceSet versions, List<SequenceProgressed> told) {
    for (SequenceProgressed one : told) {
      seen("told " + one.getKind().name().toLowerCase(Locale.ROOT));
      if (one.getKind() == ProgressKind.EXITED) {
        seen("exit " + one.getReason());
      }
      Sequence by = versions.version(one.getSequenceId(), one.getSequenceVersion()).sequence();
      Step step = one.getStepId() == null ? null : by.step(one.getStepId());
      if (step != null && !(step instanceof Step.GoTo)) {
        seen("step " + step.kind());
      }
      if (one.getKind() == ProgressKind.WAITING) {
        across(delay(step), one);
      }
      edited(life, one);
    }
  }

  Map<String, Integer> counts() {
    return counts;
  }

  private void edited(RandomLife life, SequenceProgressed one) {
    boolean older = life.editedAt > 0 && one.getSequenceVersion() == 1;
    if (one.getKind() == ProgressKind.MOVED) {
      seen("edit move");
    } else if (one.getKind() == ProgressKind.RESTARTED) {
      seen("edit restart");
    } else if (older && "version 2".equals(one.getDetail())) {
      seen("edit stopped");
    } else if (older && one.getFiredAt() > life.editedAt) {
      seen("edit finish");
    }
  }

  private void across(Delay delay, SequenceProgressed one) {
    String kind = delay.hours() != null ? "hours" : delay.at() != null ? "time of day" : "duration";
    for (String name : delay.followsField() ? List.of("date", kind) : List.of(kind)) {
      if (one.getFiredAt() < SPRING && one.getUntil() > SPRING) {
        seen("delay " + name + " across spring");
      }
      if (one.getFiredAt() < AUTUMN && one.getUntil() > AUTUMN) {
        seen("delay " + name + " across autumn");
      }
    }
  }

  private static Delay delay(Step step) {
    return step instanceof Step.Wait wait ? wait.delay() : ((Step.WaitFor) step).timeout();
  }

  private void seen(String what) {
    counts.merge(what, 1, Integer::sum);
  }
}
