package io.voronka.infra.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.imports.ImportProgress;
import io.voronka.infra.local.imports.ImportedKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ImportScreenTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final ImportProgress HALF =
      new ImportProgress(
          NOW.minus(Duration.ofDays(50)), NOW.minus(Duration.ofDays(100)), 12_500, 3, false);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void theBarIsOneOfTime() {
    assertThat(ImportScreen.describe("acme/main", ImportedKind.LEADS, HALF, NOW))
        .isEqualTo(
            "acme/main leads     [###############...............] 12,500 read, changes up to"
                + " 2026-03-12");
  }

  @Test
  void onATerminalTheBarMovesInItsLine() {
    ImportScreen screen = screen(true, NOW);

    screen.advanced("acme/main", ImportedKind.LEADS, HALF);
    screen.advanced("acme/main", ImportedKind.LEADS, HALF);
    screen.finished("acme/main", ImportedKind.LEADS, HALF);

    assertThat(text()).endsWith("acme/main: 12,500 leads read, 3 could not be read\n");
    assertThat(text().split("\r")).hasSize(4);
  }

  @Test
  void elsewhereThereIsNoLineForEveryPage() {
    ImportScreen screen = screen(false, NOW);

    screen.began("acme/main", ImportedKind.LEADS, HALF);
    screen.advanced("acme/main", ImportedKind.LEADS, HALF);
    screen.note("leads of acme/main: waiting 7 s");

    assertThat(text())
        .isEqualTo(
            "acme/main: leads go on from 2026-03-12, 12,500 were read before\n"
                + "leads of acme/main: waiting 7 s\n");
  }

  @Test
  void theCatalogueIsToldByItsDifferences() {
    ImportScreen screen = screen(false, NOW);

    screen.catalogue("acme/main", List.of());
    screen.catalogue(
        "acme/main", List.of("~ field leads/600004 Budget\n    type: numeric -> text"));

    assertThat(text())
        .isEqualTo(
            """
            acme/main: pipelines, fields and users are as they were
            acme/main: 1 changes of pipelines, fields and users
              ~ field leads/600004 Budget
                  type: numeric -> text
            """);
  }

  private ImportScreen screen(boolean terminal, Instant now) {
    PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    return new ImportScreen(out, terminal, Clock.fixed(now, ZoneOffset.UTC));
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
