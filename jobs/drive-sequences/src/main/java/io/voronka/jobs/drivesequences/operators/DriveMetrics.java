package io.voronka.jobs.drivesequences.operators;

import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.domain.Driven;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What the driving counts: {@code progressed{kind=…}}, and what is not seen from outside. */
final class DriveMetrics {
  private final Map<ProgressKind, Counter> progressed = new EnumMap<>(ProgressKind.class);
  private final Counter withdrawn;
  private final Counter duplicates;
  private final Counter late;
  private final Counter passedOver;
  private final Counter broken;

  DriveMetrics(MetricGroup metrics) {
    for (ProgressKind kind : ProgressKind.values()) {
      String label = kind.name().toLowerCase(Locale.ROOT);
      progressed.put(kind, metrics.addGroup("kind", label).counter("progressed"));
    }
    withdrawn = metrics.counter("withdrawn");
    duplicates = metrics.counter("duplicates");
    late = metrics.counter("lateCommands");
    passedOver = metrics.counter("passedOver");
    broken = metrics.counter("brokenDefinitions");
  }

  void driven(Driven driven) {
    for (SequenceProgressed one : driven.progress()) {
      progressed.get(one.getKind()).inc();
    }
    withdrawn.inc(driven.withdrawals().size());
  }

  void duplicate() {
    duplicates.inc();
  }

  /** A command that came after its time. */
  void late() {
    late.inc();
  }

  /** An event of a subject that no sequence concerns. */
  void passedOver() {
    passedOver.inc();
  }

  void broken() {
    broken.inc();
  }
}
