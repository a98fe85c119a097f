package io.voronka.jobs.drivesequences.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.SequenceRow;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionReaderTest {
  private final DefinitionReader reader =
      new DefinitionReader(new DriveMetrics(new UnregisteredMetricsGroup()));

  @Test
  void aDefinitionIsRead() {
    assertThat(reader.read(row(wait("3d")))).isPresent();
  }

  /** One that no reading withstands must not end the job, which would read it again for ever. */
  @ParameterizedTest(name = "{0}")
  @NullSource
  @ValueSource(strings = {"{", "PT9223372036854775807S", "1e9999999999"})
  void whateverARowHoldsTheOthersAreNotHarmed(String broken) {
    String definition = broken != null && broken.startsWith("PT") ? wait(broken) : broken;

    assertThat(reader.read(row(definition))).isEmpty();
  }

  private static String wait(String duration) {
    return "{\"id\": \"s\", \"steps\": [{\"id\": \"a\", \"wait\": {\"for\": \"%s\"}}]}"
        .formatted(duration);
  }

  private static SequenceRow row(String definition) {
    SequenceRow row = new SequenceRow();
    row.setTenantId("acme");
    row.setSequenceId("s");
    row.setVersion(1);
    row.setDefinition(definition);
    return row;
  }
}
