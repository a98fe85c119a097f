package io.voronka.infra.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
  private static final Comparison GATEWAY =
      Comparison.of(
              "gateway",
              "webhooks/s",
              List.of(31_000.0, 30_000.0, 10.0),
              "http-server",
              List.of(80_000.0, 81_000.0, 75_000.0))
          .withLatency(new Latency(1.23456789, 4.5, 20))
          .withCpu(Map.of("server", 28.04, "broker", 5.6));

  @TempDir private Path folder;

  @Test
  void theRatioIsOfTheMedians() {
    assertThat(GATEWAY.value()).isEqualTo(30_000);
    assertThat(GATEWAY.baseline()).isEqualTo(80_000);
    assertThat(GATEWAY.ratio()).isEqualTo(0.375);
    assertThat(GATEWAY.rounds()).isEqualTo(3);
  }

  @Test
  void bothSidesHaveAsManyRounds() {
    assertThatThrownBy(() -> Comparison.of("a", "b", List.of(1.0, 2.0), "c", List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as many rounds");
  }

  @Test
  void theFileIsAListOfFigures() throws IOException {
    Path file = folder.resolve("bench.json");
    Comparison bare = Comparison.baseline("http-server", "requests/s", List.of(80_000.0));

    new BenchReport(List.of(GATEWAY, bare), List.of("a note"), List.of()).write(file);

    JsonNode list = new ObjectMapper().readTree(Files.readString(file));
    assertThat(list.isArray()).isTrue();
    assertThat(list).hasSize(2);
    assertThat(list.get(0))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"name":"gateway","unit":"webhooks/s","value":30000.0,"baseline":80000.0,
                     "baseline_name":"http-server","ratio":0.375,"rounds":3,
                     "latency_ms":{"p50":1.2346,"p99":4.5,"max":20.0},
                     "cpu_us":{"broker":5.6,"server":28.04}}
                    """));
    assertThat(list.get(1).has("latency_ms")).isFalse();
    assertThat(list.get(1).has("cpu_us")).isFalse();
    assertThat(list.get(1).get("ratio").asDouble()).isEqualTo(1);
  }

  @Test
  void aFigureThatWasNotMeasuredIsNotWritten() {
    Comparison nothing = Comparison.of("a", "b", List.of(0.0), "c", List.of(0.0));

    BenchReport report = new BenchReport(List.of(nothing), List.of(), List.of());

    assertThatThrownBy(report::json)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was measured");
  }

  @Test
  void aProblemMakesTheReportBadAndIsPrinted() {
    BenchReport report = new BenchReport(List.of(GATEWAY), List.of(), List.of("3 are missing"));

    assertThat(report.ok()).isFalse();
    assertThat(printed(report)).contains("PROBLEM 3 are missing", "do NOT add up");
  }

  @Test
  void theTableNamesWhatIsCompared() {
    assertThat(printed(new BenchReport(List.of(GATEWAY), List.of("a note"), List.of())))
        .contains("gateway", "30,000", "0.38", "80,000", "http-server", "1.23 / 4.50 / 20.0")
        .contains("server 28.0", "a note", "the counts add up");
  }

  @Test
  void roundsOfLatencyKeepTheSlowestOfAll() {
    Latency all =
        Latency.ofRounds(
            List.of(new Latency(1, 4, 10), new Latency(2, 9, 30), new Latency(3, 5, 20)));

    assertThat(all).isEqualTo(new Latency(2, 5, 30));
  }

  @Test
  void processorTimeIsPerUnitOfWork() {
    Map<String, Double> each =
        CpuClock.perUnit(
            Map.of("server", 1_000L, "broker", 500L),
            Map.of("server", 3_000L, "broker", 600L),
            100);

    assertThat(each).isEqualTo(Map.of("server", 20.0, "broker", 1.0));
    assertThat(CpuClock.ofRounds(List.of(each, Map.of("server", 40.0, "broker", 3.0))))
        .isEqualTo(Map.of("server", 30.0, "broker", 2.0));
  }

  private static String printed(BenchReport report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
