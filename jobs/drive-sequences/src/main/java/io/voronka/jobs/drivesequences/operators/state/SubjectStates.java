package io.voronka.jobs.drivesequences.operators.state;

import io.voronka.jobs.kit.StateLifetime;
import java.time.Duration;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/** Names, types and lifetimes of the keyed state. The names never change. */
public final class SubjectStates {
  private SubjectStates() {}

  /**
   * @param lifetime since it was last written; then the subject is unknown again
   */
  public static ValueStateDescriptor<SubjectMemory> memory(Duration lifetime) {
    ValueStateDescriptor<SubjectMemory> descriptor =
        new ValueStateDescriptor<>("subject-memory", new SubjectMemorySerializer());
    descriptor.enableTimeToLive(StateLifetime.sinceWritten(lifetime));
    return descriptor;
  }
}
