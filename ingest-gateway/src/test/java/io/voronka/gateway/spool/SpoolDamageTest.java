package io.voronka.gateway.spool;

import static io.voronka.gateway.spool.SpoolFixture.append;
import static io.voronka.gateway.spool.SpoolFixture.drainAll;
import static io.voronka.gateway.spool.SpoolFixture.open;
import static io.voronka.gateway.spool.SpoolFixture.segments;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut or a bad sector may do to a segment, and what is left of it. */
class SpoolDamageTest {
  private static final List<String> TEXTS = List.of("one", "two and a bit", "", "four");

  @TempDir Path directory;

  @Test
  void aTornTailCostsNothingBeforeItAtAnyByte() throws Exception {
    byte[] whole = written(TEXTS);
    for (int cut = 0; cut <= whole.length; cut++) {
      Path torn = directory.resolve("cut-" + cut);
      put(torn, Arrays.copyOf(whole, cut));
      try (Spool spool = open(torn)) {
        List<String> expected = TEXTS.subList(0, wholeEntries(cut));
        assertThat(spool.entries()).as("cut at %d", cut).isEqualTo(expected.size());
        append(spool, "later");
        List<String> withLater = new ArrayList<>(expected);
        withLater.add("later");
        assertThat(drainAll(spool)).as("cut at %d", cut).isEqualTo(withLater);
      }
    }
  }

  @Test
  void aDamagedEntryCostsOnlyItselfWhateverByteIsHit() throws Exception {
    byte[] whole = written(TEXTS);
    Random random = new Random(SpoolFixture.SEED);
    for (int at = SegmentFormat.HEADER; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Path folder = directory.resolve("hit-" + at);
      put(folder, damaged);
      List<String> expected = new ArrayList<>(TEXTS);
      expected.remove(entryOf(at));
      try (Spool spool = open(folder)) {
        assertThat(drainAll(spool)).as("hit at %d", at).isEqualTo(expected);
      }
      if (entryOf(at) < TEXTS.size() - 1) {
        assertThat(folder.toFile().list((dir, name) -> name.endsWith(".damaged")))
            .as("kept for a human, hit at %d", at)
            .hasSize(1);
      }
    }
  }

  @Test
  void aSegmentWithoutItsHeaderIsKeptForAHuman() throws Exception {
    byte[] whole = written(TEXTS);
    whole[0] ^= 1;
    Path folder = directory.resolve("header");
    put(folder, whole);
    try (Spool spool = open(folder)) {
      assertThat(spool.empty()).isTrue();
      assertThat(spool.state().damagedBytes()).isEqualTo(whole.length);
    }
    assertThat(folder.toFile().list((dir, name) -> name.endsWith(".damaged"))).hasSize(1);
  }

  @Test
  void aBodyThatLooksLikeAnEntryIsNone() throws Exception {
    ByteBuffer forged = ByteBuffer.allocate(64);
    SegmentFormat.putEntry(forged, 12345, 1, "forged".getBytes(StandardCharsets.UTF_8));
    String body = new String(forged.array(), 0, forged.position(), StandardCharsets.ISO_8859_1);
    byte[] whole = written(List.of(body, "true"));
    whole[SegmentFormat.HEADER] ^= 1;
    Path folder = directory.resolve("forged");
    put(folder, whole);
    try (Spool spool = open(folder)) {
      assertThat(drainAll(spool)).containsExactly("true");
    }
  }

  private byte[] written(List<String> texts) throws Exception {
    Path source = directory.resolve("source");
    try (Spool spool = open(source)) {
      append(spool, texts.toArray(String[]::new));
    }
    return Files.readAllBytes(segments(source).get(0));
  }

  private static void put(Path folder, byte[] segment) throws Exception {
    Files.createDirectories(folder);
    Files.write(new Segment(folder, 1, 0, 0).path, segment);
  }

  /** How many entries end at or before an offset. */
  private static int wholeEntries(int cut) {
    return (int) IntStream.range(0, TEXTS.size()).filter(i -> endOf(i) <= cut).count();
  }

  private static int entryOf(int at) {
    return (int) IntStream.range(0, TEXTS.size()).filter(i -> endOf(i) <= at).count();
  }

  private static int endOf(int entry) {
    return SegmentFormat.HEADER
        + TEXTS.subList(0, entry + 1).stream()
            .mapToInt(text -> SegmentFormat.ENTRY_HEADER + text.length())
            .sum();
  }
}
