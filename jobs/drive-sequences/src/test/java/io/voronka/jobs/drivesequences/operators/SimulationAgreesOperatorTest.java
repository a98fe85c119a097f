package io.voronka.jobs.drivesequences.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.SequenceProgressed;
import io.voronka.sequences.RandomSequences;
import io.voronka.sequences.SequenceTexts;
import io.voronka.sequences.domain.SequenceSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/**
 * The simulation, which jumps from moment to moment, against the job's operator, which is late, is
 * lost and restored: each record of each run has to be the same, times included.
 */
class SimulationAgreesOperatorTest {
  private static final int DEFINITIONS = 1000;

  /** A restored job reads the definitions anew, which takes longer than what it does with them. */
  private static final int AT_ONCE = 25;

  private static final int ON_ROCKSDB = 7;

  private final Map<RandomSequences.Piece, Integer> pieces = RandomSequences.noCoverage();
  private final AgreementCoverage coverage = new AgreementCoverage();
  private int losses;
  private int records;

  @Test
  void eachRunGoesTheSameWayInBoth() throws Exception {
    for (int batch = 0; batch < DEFINITIONS / AT_ONCE; batch++) {
      compare(batch);
    }
    System.out.printf(
        "%d definitions, %d records, the job lost %d times%n%s%n%s%n",
        DEFINITIONS, records, losses, pieces, coverage.counts());
    assertThat(pieces.keySet()).containsExactlyInAnyOrder(RandomSequences.Piece.values());
    assertThat(coverage.counts().keySet()).isEqualTo(AgreementCoverage.whole());
    assertThat(losses).isGreaterThan(DEFINITIONS / AT_ONCE);
  }

  private void compare(int batch) throws Exception {
    boolean late = batch % 2 == 0;
    String start = batch % 4 < 2 ? "2026-03-25T12:00" : "2026-10-21T12:00";
    List<RandomLife> lives = new ArrayList<>();
    Map<RandomLife, Map<String, List<SequenceProgressed>>> expected = new LinkedHashMap<>();
    Set<Long> moments = new TreeSet<>();
    for (int seed = batch * AT_ONCE; seed < (batch + 1) * AT_ONCE; seed++) {
      RandomLife life = new RandomLife(seed, SequenceTexts.millis(start), !late, pieces);
      SequenceSet versions = SimulatedLife.versions(life);
      List<SequenceProgressed> simulated = SimulatedLife.of(life, versions);
      coverage.life(life, versions, simulated);
      simulated.forEach(one -> moments.add(one.getFiredAt()));
      lives.add(life);
      expected.put(life, byRun(simulated, life));
    }
    StateBackend backend =
        batch % ON_ROCKSDB == 0 ? new EmbeddedRocksDBStateBackend() : new HashMapStateBackend();
    StormyJob job =
        new StormyJob(lives, late ? Set.of() : moments, backend, new Random(batch * 31L));
    List<SequenceProgressed> told = job.run();
    losses += job.losses();
    records += told.size();
    expected.forEach(
        (life, runs) ->
            assertThat(byRun(told, life))
                .as("%s: %s", life.lead.tenantId(), life.versions)
                .isEqualTo(runs));
  }

  private static Map<String, List<SequenceProgressed>> byRun(
      List<SequenceProgressed> told, RandomLife life) {
    Map<String, List<SequenceProgressed>> runs = new LinkedHashMap<>();
    for (SequenceProgressed one : told) {
      if (one.getTenantId().equals(life.lead.tenantId())) {
        runs.computeIfAbsent(one.getEnrolmentId(), id -> new ArrayList<>()).add(one);
      }
    }
    return runs;
  }
}
