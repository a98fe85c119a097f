package io.voronka.jobs.drivesequences.operators;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.jobs.drivesequences.Records;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.StableId;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;

/**
 * What an event of a lead costs that is in no sequence: processor time of the operator on RocksDB,
 * in one thread and without Kafka.
 *
 * <pre>{@code
 * mvn -pl :drive-sequences -Dquick test-compile
 * java … io.voronka.jobs.drivesequences.operators.DriveCost
 * }</pre>
 */
public final class DriveCost {
  private static final int LEADS = 20_000;
  private static final int EVENTS_OF_EACH = 5;
  private static final int ROUNDS = 2;

  private DriveCost() {}

  public static void main(String[] args) throws Exception {
    List<SubjectInput> updates = inputs(EventKind.LEAD_UPDATED);
    List<SubjectInput> notes = inputs(EventKind.NOTE_ADDED);
    ControlUpdate other =
        Records.sequence(1, 0, Records.WELCOME.replace("lead_created", "call_made"));
    for (int round = 0; round < ROUNDS; round++) {
      measure("no sequences, updates", updates);
      measure("no sequences, notes", notes);
      measure("a sequence of others, updates", updates, other);
      measure("a sequence of others, notes", notes, other);
    }
  }

  private static void measure(String what, List<SubjectInput> inputs, ControlUpdate... sequences)
      throws Exception {
    List<ControlUpdate> rows = new ArrayList<>(List.of(sequences));
    rows.add(Records.tenant());
    try (DriveHarness job = DriveHarness.on(backend())) {
      job.control(Records.whole(rows.toArray(ControlUpdate[]::new))).time(Records.T0 - 1);
      long before = processorNanos();
      for (SubjectInput input : inputs) {
        job.input(input);
      }
      double micros = (processorNanos() - before) / 1e3 / inputs.size();
      long bytes = job.snapshot(1).getStateSize();
      System.out.printf(
          "%-30s %5.1f us an event, %4d bytes of state a lead%n", what, micros, bytes / LEADS);
    }
  }

  /** With as much memory as it likes: a harness has none to share out. */
  private static StateBackend backend() {
    Configuration own = new Configuration();
    own.set(RocksDBOptions.USE_MANAGED_MEMORY, false);
    return new EmbeddedRocksDBStateBackend().configure(own, DriveCost.class.getClassLoader());
  }

  private static List<SubjectInput> inputs(EventKind kind) {
    List<SubjectInput> inputs = new ArrayList<>();
    for (int i = 0; i < LEADS * EVENTS_OF_EACH; i++) {
      String lead = Integer.toString(i % LEADS);
      CrmEvent event = Records.event(kind, lead, Records.T0 + i);
      event.setId(StableId.of(kind.name(), Integer.toString(i)));
      event.setFields(
          kind == EventKind.LEAD_UPDATED
              ? Map.of("name", "Lead " + lead, "price", "500", "status_id", "142000")
              : Map.of("text", "seen"));
      inputs.add(
          new SubjectInput(
              SubjectInput.Kind.EVENT,
              Records.lead(lead).key(),
              Records.bytes(event),
              event.getReceivedAt(),
              0,
              i));
    }
    return inputs;
  }

  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
