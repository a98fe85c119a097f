package io.voronka.connectors.changecapture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Flink CDC stands on the libraries it was built with, everybody else on the cluster's. */
class RelocationTest {

  @Test
  void flinkCdcReadsThroughTheRelocatedLibraries() throws ClassNotFoundException {
    Class<?> reader =
        load("org.apache.flink.cdc.connectors.base.source.reader.IncrementalSourceReader");

    assertThat(reader.getSuperclass().getName())
        .startsWith("io.voronka.shaded.org.apache.flink.connector.base.");
  }

  @Test
  void theKafkaConnectorReadsThroughFlinksOwn() throws ClassNotFoundException {
    Class<?> reader = load("org.apache.flink.connector.kafka.source.reader.KafkaSourceReader");

    assertThat(reader.getSuperclass().getName()).startsWith("org.apache.flink.connector.base.");
  }

  @Test
  void flinkCdcsOwnVersionsOfDebeziumsClassesAreTheOnlyOnes() throws Exception {
    for (String name :
        new String[] {
          "io/debezium/connector/postgresql/PostgresStreamingChangeEventSource.class",
          "io/debezium/connector/postgresql/connection/PostgresConnection.class",
          "io/debezium/relational/RelationalChangeRecordEmitter.class",
          "io/debezium/embedded/EmbeddedEngineChangeEvent.class",
        }) {
      assertThat(getClass().getClassLoader().getResources(name).asIterator())
          .toIterable()
          .hasSize(1);
    }
  }

  private static Class<?> load(String name) throws ClassNotFoundException {
    return Class.forName(name, false, RelocationTest.class.getClassLoader());
  }
}
