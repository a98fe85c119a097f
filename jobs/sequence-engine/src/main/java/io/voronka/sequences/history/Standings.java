package io.voronka.sequences.history;

import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.StableId;
import io.voronka.sequences.domain.Refusal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects where runs stand from records in the order of their topic. A job that was set back
 * writes what it wrote before once more; that counts once. Not thread-safe.
 */
public final class Standings {
  private final Map<String, Run> runs = new LinkedHashMap<>();

  /** What is kept of a run. */
  private static final class Run {
    private Standing standing;
    private long[] seen = new long[8];
    private int count;

    /** False when it was there before. */
    boolean add(long id) {
      for (int i = 0; i < count; i++) {
        if (seen[i] == id) {
          return false;
        }
      }
      seen = count == seen.length ? Arrays.copyOf(seen, 2 * count) : seen;
      seen[count++] = id;
      return true;
    }
  }

  /** One more record. */
  public void add(SequenceProgressed record) {
    if (tellsOfNoRun(record)) {
      return;
    }
    Run run = runs.computeIfAbsent(record.getEnrolmentId(), id -> new Run());
    // Another end of the same wait, at the same moment, has the same id.
    if (run.add(StableId.fingerprint(record.getId(), "|", String.valueOf(record.getUntil())))) {
      run.standing = run.standing == null ? Standing.of(record) : run.standing.after(record);
    }
  }

  /** Of all runs, in the order in which they were met. */
  public Collection<Standing> all() {
    return Collections.unmodifiableList(runs.values().stream().map(run -> run.standing).toList());
  }

  /** Who was not let in has no run, and neither has who was not inside. */
  static boolean tellsOfNoRun(SequenceProgressed record) {
    return record.getKind() == ProgressKind.REFUSED
        && Refusal.of(record.getReason())
            .map(why -> why.ofEntry() || why == Refusal.NOT_INSIDE)
            .orElse(true);
  }
}
