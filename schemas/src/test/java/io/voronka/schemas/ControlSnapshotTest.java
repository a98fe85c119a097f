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
  void whatClientsHaveSaidHasNoMarkerToWaitFor() {
    ControlSnapshot both =
        new ControlSnapshot(Set.of(ControlTable.TENANTS, ControlTable.HEARD_OPT_OUTS));
    ControlChange said = HeardOptOuts.said("a", "contact:main/7", HeardOptOuts.LINK, 5, "action");
    both.apply(ControlTable.HEARD_OPT_OUTS, ControlKeys.of(said), said);
    assertThat(both.ready()).isFalse();

    both.apply(
        ControlTable.TENANTS,
        ControlKeys.SNAPSHOT,
        ControlChange.newBuilder()
            .setTable(ControlTable.TENANTS)
            .setOp(ControlOp.SNAPSHOT_COMPLETE)
            .setGeneration(1)
            .build());

    assertThat(both.ready()).isTrue();
    assertThat(both.row(ControlTable.HEARD_OPT_OUTS, "a|contact:main/7")).contains(said);
  }

  @Test
  void onlyWhatIsSaidAfterItWasTakenBackIsNews() {
    OptOutRow said = HeardOptOuts.said("a", "mail:x@y", HeardOptOuts.WORD, 5, "e").getOptOut();
    OptOutRow undone = HeardOptOuts.undone("a", "mail:x@y", 7).getOptOut();

    assertThat(HeardOptOuts.tellsMore(null, 5)).isTrue();
    assertThat(HeardOptOuts.tellsMore(said, 9)).isFalse();
    assertThat(HeardOptOuts.tellsMore(undone, 7)).isFalse();
    assertThat(HeardOptOuts.tellsMore(undone, 8)).isTrue();
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
