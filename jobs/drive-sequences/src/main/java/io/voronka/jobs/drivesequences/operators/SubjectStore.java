package io.voronka.jobs.drivesequences.operators;

import io.voronka.jobs.drivesequences.operators.state.SubjectMemory;
import io.voronka.jobs.kit.SubjectTimer;
import io.voronka.sequences.domain.Position;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;

/**
 * The memory of the current key. Its timer always stands at the first moment of what is stored.
 *
 * @param touchMillis a memory with enrolments is written again after that time at the latest, so
 *     that the state's lifetime does not end a wait
 */
record SubjectStore(ValueState<SubjectMemory> memory, SubjectTimer timer, long touchMillis) {

  /** Null when nothing is known. */
  SubjectMemory stored() throws IOException {
    return memory.value();
  }

  SubjectMemory known() throws IOException {
    SubjectMemory known = memory.value();
    return known == null ? SubjectMemory.EMPTY : known;
  }

  void store(SubjectMemory before, SubjectMemory after) throws IOException {
    store(before, after, Long.MIN_VALUE);
  }

  /**
   * @param fired timers up to this moment have fired, and are gone
   */
  void store(SubjectMemory before, SubjectMemory after, long fired) throws IOException {
    boolean inside = !after.enrolments().running().isEmpty();
    if (!inside && after.seenAt() - before.seenAt() < touchMillis && after.tellsAs(before)) {
      return;
    }
    if (after.tellsAs(SubjectMemory.EMPTY)) {
      memory.clear();
    } else {
      memory.update(after);
    }
    timer.move(wake(before), wake(after), fired);
  }

  /** When the timer of a memory stands. */
  long wake(SubjectMemory known) {
    return known.enrolments().running().isEmpty()
        ? Position.NEVER
        : Math.min(known.enrolments().nextDue(), known.seenAt() + touchMillis);
  }
}
