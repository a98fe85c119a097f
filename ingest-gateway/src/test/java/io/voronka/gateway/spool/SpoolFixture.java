package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Short words for what the spool's tests do. */
final class SpoolFixture {
  static final long SEED = 20251101;

  private SpoolFixture() {}

  static Spool open(Path directory) throws IOException {
    return Spool.open(SpoolSettings.of(directory, 64L << 20), new Random(SEED)::nextLong);
  }

  static Spool open(Path directory, long maxBytes, long segmentBytes, Disk disk)
      throws IOException {
    return Spool.open(
        new SpoolSettings(directory, maxBytes, segmentBytes), new Random(SEED)::nextLong, disk);
  }

  /** Appends and waits until it is durable. */
  static void append(Spool spool, String... texts) throws SpoolFullException {
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    for (String text : texts) {
      commits.add(appendLater(spool, text));
    }
    commits.forEach(CompletableFuture::join);
  }

  static CompletableFuture<Void> appendLater(Spool spool, String text) throws SpoolFullException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    spool.append(
        text.length(),
        text.getBytes(StandardCharsets.UTF_8),
        failure -> {
          if (failure == null) {
            done.complete(null);
          } else {
            done.completeExceptionally(failure);
          }
        });
    return done;
  }

  /** Everything in it, in order, without draining; one peek that is large enough for a segment. */
  static List<String> drainAll(Spool spool) throws IOException {
    List<String> all = new ArrayList<>();
    while (true) {
      List<SpoolEntry> next = spool.peek(3, 100);
      if (next.isEmpty()) {
        return all;
      }
      all.addAll(texts(next));
      spool.drained(next);
    }
  }

  static List<String> texts(List<SpoolEntry> entries) {
    return entries.stream()
        .map(entry -> new String(entry.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  static List<Path> segments(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> Segment.numberOf(file) >= 0).sorted().toList();
    }
  }
}
