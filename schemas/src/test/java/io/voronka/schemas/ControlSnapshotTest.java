package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class ControlSnapshotTest {
  private final ControlSnapshot snapshot =
      new ControlSnapshot(Set.of(ControlTable.TENANTS, ControlTable.RULES));

  @Test
  void itIsReadyWhenEveryTablesMarkerCountsItsRows() {
    tenant("a", 1);
    tenant("b", 1);
    marker(ControlTable.TENANTS, 1, 2);
    assertThat(snapshot.ready()).as("rules are missing").isFalse();

    marker(ControlTable.RULES, 1, 0);

    assertThat(snapshot.ready()).isTrue();
    assertThat(snapshot.generation()).contains(1L);
  }

  @Test
  void itIsNotReadyWhenRowsAreMissing() {
    tenant("a", 1);
    marker(ControlTable.RULES, 1, 0);

    marker(ControlTable.TENANTS, 1, 2);

    assertThat(snapshot.ready()).isFalse();
  }

  @Test
  void itIsNotReadyOnMarkersOfDifferentGenerations() {
    marker(ControlTable.TENANTS, 2, 0);

    marker(ControlTable.RULES, 1, 0);

    assertThat(snapshot.ready()).isFalse();
  }

  @Test
  void aMarkerThatCompactionLeftBeforeARowIsMadeGoodByTheNextMarker() {
    marker(ControlTable.RULES, 1, 0);
    marker(ControlTable.TENANTS, 1, 1);
    tenant("a", 1);
    assertThat(snapshot.ready()).isFalse();

    marker(ControlTable.TENANTS, 1, 1);

    assertThat(snapshot.ready()).isTrue();
  }

  @Test
  void rowsThatANewerCompleteGenerationDidNotRepeatAreDropped() {
    tenant("gone", 1);
    tenant("stays", 1);
    marker(ControlTable.TENANTS, 1, 2);
    marker(ControlTable.RULES, 1, 0);
    tenant("stays", 2);

    marker(ControlTable.TENANTS, 2, 1);

    assertThat(snapshot.row(ControlTable.TENANTS, "gone")).isEmpty();
    assertThat(snapshot.row(ControlTable.TENANTS, "stays")).isPresent();
    assertThat(snapshot.ready()).as("a whole copy stays usable").isTrue();
  }

  @Test
  void aTombstoneRemovesTheRowAndTheNextMarkerCountsWithoutIt() {
    tenant("a", 1);
    snapshot.apply(ControlTable.TENANTS, "a", null);
    marker(ControlTable.TENANTS, 1, 0);
    marker(ControlTable.RULES, 1, 0);

    assertThat(snapshot.ready()).isTrue();
    assertThat(snapshot.rows(ControlTable.TENANTS)).isEmpty();
  }

  private void tenant(String id, long generation) {
    snapshot.apply(ControlTable.TENANTS, id, Examples.tenant(id, generation));
  }

  private void marker(ControlTable table, long generation, long rows) {
    snapshot.apply(table, ControlKeys.SNAPSHOT, Examples.marker(table, generation, rows));
  }
}
