package io.voronka.infra.local.command;

import io.voronka.infra.local.imports.ImportListener;
import io.voronka.infra.local.imports.ImportProgress;
import io.voronka.infra.local.imports.ImportedKind;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * An import as it goes on. On a terminal a bar that moves; anywhere else a line every ten seconds.
 * Belongs to one thread.
 */
final class ImportScreen implements ImportListener {
  private static final int WIDTH = 30;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final PrintStream out;
  private final boolean inPlace;
  private final Clock clock;
  private boolean drawn;
  private Instant lastLine = Instant.MIN;

  /**
   * @param inPlace whether the stream is a terminal that can move its cursor
   */
  ImportScreen(PrintStream out, boolean inPlace, Clock clock) {
    this.out = out;
    this.inPlace = inPlace;
    this.clock = clock;
  }

  /** For standard output, whatever it is. */
  static ImportScreen standard(Clock clock) {
    String terminal = System.getenv("TERM");
    boolean canMove = System.console() != null && terminal != null && !terminal.equals("dumb");
    return new ImportScreen(System.out, canMove, clock);
  }

  @Override
  public void catalogue(String account, List<String> changes) {
    if (changes.isEmpty()) {
      line(account + ": pipelines, fields and users are as they were");
      return;
    }
    line(account + ": " + changes.size() + " changes of pipelines, fields and users");
    changes.forEach(change -> line("  " + change.replace("\n", "\n  ")));
  }

  @Override
  public void began(String account, ImportedKind kind, ImportProgress progress) {
    if (progress.finished()) {
      line("%s: %s changed since %s".formatted(account, kind, day(progress.updatedFrom())));
    } else if (progress.beganFrom() != null) {
      line(
          "%s: %s go on from %s, %,d were read before"
              .formatted(account, kind, day(progress.updatedFrom()), progress.published()));
    }
    lastLine = clock.instant();
  }

  @Override
  public void advanced(String account, ImportedKind kind, ImportProgress progress) {
    String text = describe(account, kind, progress, clock.instant());
    if (inPlace) {
      out.print("\r\u001b[2K" + text);
      out.flush();
      drawn = true;
    } else if (!clock.instant().isBefore(lastLine.plus(BETWEEN_LINES))) {
      line(text);
      lastLine = clock.instant();
    }
  }

  @Override
  public void finished(String account, ImportedKind kind, ImportProgress progress) {
    String skipped =
        progress.skipped() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d could not be read", progress.skipped());
    line(
        String.format(
            Locale.ROOT, "%s: %,d %s read%s", account, progress.published(), kind, skipped));
  }

  @Override
  public void note(String text) {
    line(text);
  }

  /** Ends the line that a bar may stand in. */
  void settle() {
    if (drawn) {
      out.println();
      out.flush();
      drawn = false;
    }
  }

  /** The bar is one of time: the vendor does not say how many there are. */
  static String describe(String account, ImportedKind kind, ImportProgress progress, Instant now) {
    int percent = progress.percent(now);
    int full = percent * WIDTH / 100;
    return String.format(
        Locale.ROOT,
        "%s %-9s [%s%s] %,d read, changes up to %s",
        account,
        kind,
        "#".repeat(full),
        ".".repeat(WIDTH - full),
        progress.published(),
        day(progress.updatedFrom()));
  }

  private static String day(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private void line(String text) {
    if (drawn) {
      out.print("\r\u001b[2K");
      drawn = false;
    }
    out.println(text);
    out.flush();
  }
}
