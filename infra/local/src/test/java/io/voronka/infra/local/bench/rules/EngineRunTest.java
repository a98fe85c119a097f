package io.voronka.infra.local.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.local.bench.Comparison;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineRunTest {

  @Test
  void readsWhatTheComparisonWrites() throws IOException {
    String json =
        """
        [ {"name": "match", "unit": "events/s", "value": 900000.0, "baseline": 300000.0,
           "baseline_name": "esper", "ratio": 3.0, "rounds": 7} ]
        """;

    List<Comparison> read = EngineRun.comparisons(json, "-all-fire");

    assertThat(read).hasSize(1);
    assertThat(read.get(0).name()).isEqualTo("match-all-fire");
    assertThat(read.get(0).value()).isEqualTo(900_000);
    assertThat(read.get(0).baseline()).isEqualTo(300_000);
    assertThat(read.get(0).baselineName()).isEqualTo("esper");
    assertThat(read.get(0).ratio()).isEqualTo(3);
    assertThat(read.get(0).rounds()).isEqualTo(7);
  }

  @Test
  void whatIsMissingIsAnError() {
    assertThatThrownBy(() -> EngineRun.comparisons("[{\"name\": \"match\"}]", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unit");
  }

  @Test
  void otherNumbersOfRulesHaveToFitToo() {
    RuleWorkload workload = new RuleWorkload(1_000, 5, 10);
    assertThatThrownBy(
            () ->
                new RulesBenchSettings(
                    1, 1_000, 10, workload, List.of(10, 12), true, 1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rules a multiple of evaluated");
  }
}
