package io.voronka.gateway.spool;

import static io.voronka.gateway.spool.SpoolFixture.append;
import static io.voronka.gateway.spool.SpoolFixture.appendLater;
import static io.voronka.gateway.spool.SpoolFixture.drainAll;
import static io.voronka.gateway.spool.SpoolFixture.open;
import static io.voronka.gateway.spool.SpoolFixture.segments;
import static io.voronka.gateway.spool.SpoolFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpoolTest {
  @TempDir Path directory;

  @Test
  void givesBackInTheOrderOfTheAppends() throws Exception {
    try (Spool spool = open(directory)) {
      append(spool, "one", "two", "three", "four");

      assertThat(drainAll(spool)).containsExactly("one", "two", "three", "four");
      assertThat(spool.empty()).isTrue();
      assertThat(spool.state().bytes()).isZero();
      assertThat(segments(directory)).isEmpty();
    }
  }

  @Test
  void keepsWhatIsPeekedUntilItIsDrained() throws Exception {
    try (Spool spool = open(directory)) {
      append(spool, "one", "two");

      assertThat(texts(spool.peek(1, 1000))).containsExactly("one");
      assertThat(texts(spool.peek(1, 1000))).containsExactly("one");
      spool.drained(spool.peek(1, 1000));
      assertThat(texts(spool.peek(9, 1000))).containsExactly("two");
      assertThat(spool.entries()).isEqualTo(1);
    }
  }

  @Test
  void goesOnAfterARestartWhereItHadDrained() throws Exception {
    try (Spool spool = open(directory)) {
      append(spool, "one", "two", "three");
      spool.drained(spool.peek(1, 1000));
    }
    try (Spool spool = open(directory)) {
      assertThat(spool.entries()).isEqualTo(2);
      append(spool, "four");
      assertThat(drainAll(spool)).containsExactly("two", "three", "four");
    }
    try (Spool spool = open(directory)) {
      assertThat(spool.empty()).isTrue();
    }
  }

  @Test
  void aStalePositionHidesNothingOfANewerSegment() throws Exception {
    Path position = directory.resolve("drained");
    byte[] stale;
    try (Spool spool = open(directory)) {
      append(spool, "a rather long entry of the first life");
      append(spool, "x");
      spool.drained(spool.peek(1, 1000));
      stale = Files.readAllBytes(position);
      drainAll(spool);
    }
    Files.delete(position);
    try (Spool spool = Spool.open(SpoolSettings.of(directory, 1 << 20), new Random(77)::nextLong)) {
      append(spool, "new");
    }
    Files.write(position, stale);
    try (Spool spool = open(directory)) {
      assertThat(drainAll(spool)).containsExactly("new");
    }
  }

  @Test
  void spreadsOverSegmentsAndRemovesDrainedOnes() throws Exception {
    Random random = new Random(SpoolFixture.SEED);
    List<String> expected = new ArrayList<>();
    try (Spool spool = open(directory, 1 << 20, 200, Disk.real())) {
      for (int i = 0; i < 100; i++) {
        String text = "entry " + i + "-".repeat(random.nextInt(60));
        expected.add(text);
        append(spool, text);
      }
      int before = segments(directory).size();
      assertThat(before).isGreaterThan(10);
      spool.drained(spool.peek(50, 1 << 20));
      assertThat(segments(directory)).hasSizeLessThan(before);
    }
    try (Spool spool = open(directory, 1 << 20, 200, Disk.real())) {
      List<String> rest = drainAll(spool);
      assertThat(rest).isNotEmpty().isEqualTo(expected.subList(100 - rest.size(), 100));
      assertThat(segments(directory)).isEmpty();
    }
  }

  @Test
  void refusesWhatIsOverTheLimitAndTakesAgainWhenDrained() throws Exception {
    try (Spool spool = open(directory, 400, 100, Disk.real())) {
      append(spool, "x".repeat(100), "y".repeat(100));

      assertThatThrownBy(() -> append(spool, "z".repeat(200)))
          .isInstanceOf(SpoolFullException.class)
          .hasMessageContaining("400 bytes");
      append(spool, "small");

      assertThat(drainAll(spool)).hasSize(3);
      append(spool, "z".repeat(200));
    }
  }

  @Test
  void oneSyncMakesAllDurableThatGatheredMeanwhile() throws Exception {
    FailingDisk disk = new FailingDisk();
    try (Spool spool = open(directory, 1 << 20, 1 << 20, disk)) {
      disk.gate = new CountDownLatch(1);
      List<CompletableFuture<Void>> commits = new ArrayList<>();
      commits.add(appendLater(spool, "first"));
      await().until(() -> !segments(directory).isEmpty());
      for (int i = 0; i < 500; i++) {
        commits.add(appendLater(spool, "entry " + i));
      }
      assertThat(commits).noneMatch(CompletableFuture::isDone);
      assertThat(spool.peek(10, 1000)).isEmpty();

      disk.gate.countDown();
      commits.forEach(CompletableFuture::join);

      assertThat(disk.forces).isLessThanOrEqualTo(3);
      assertThat(drainAll(spool)).hasSize(501).startsWith("first", "entry 0").endsWith("entry 499");
    }
  }

  @ParameterizedTest
  @EnumSource(value = FailingDisk.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aFailedGroupIsNotInTheSpoolAndTheNextOneIs(FailingDisk.Fault fault) throws Exception {
    FailingDisk disk = new FailingDisk();
    // Segments of one entry, so that creating one can fail in the middle, too.
    try (Spool spool =
        open(directory, 1 << 20, fault == FailingDisk.Fault.CREATE ? 1 : 1 << 20, disk)) {
      append(spool, "before");
      disk.fault = fault;
      CompletableFuture<Void> failed = appendLater(spool, "lost");
      assertThatThrownBy(failed::join).hasCauseInstanceOf(IOException.class);
      disk.fault = FailingDisk.Fault.NONE;
      append(spool, "after");

      assertThat(spool.entries()).isEqualTo(2);
    }
    try (Spool spool = open(directory)) {
      assertThat(drainAll(spool)).containsExactly("before", "after");
    }
  }

  @Test
  void aDirectoryBelongsToOneGateway() throws Exception {
    try (Spool spool = open(directory)) {
      assertThatThrownBy(() -> open(directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another gateway uses the spool");
      assertThat(spool.empty()).isTrue();
    }
    open(directory).close();
  }

  @Test
  void tellsTheAgeOfWhatWaitsLongest() throws Exception {
    try (Spool spool = open(directory)) {
      assertThat(spool.state().oldestReceivedAt()).isEmpty();
      append(spool, "four", "fifth");
      assertThat(spool.state().oldestReceivedAt()).hasValue(4);
      spool.drained(spool.peek(1, 1000));
      spool.peek(1, 1000);
      assertThat(spool.state().oldestReceivedAt()).hasValue(5);
      drainAll(spool);
      assertThat(spool.state().oldestReceivedAt()).isEmpty();
    }
  }

  @Test
  void keepsWhatIsSetAsideOutsideTheQueue() throws Exception {
    try (Spool spool = open(directory)) {
      append(spool, "poison");
      List<SpoolEntry> poison = spool.peek(1, 1000);
      spool.setAside(poison.get(0));
      spool.drained(poison);
      assertThat(spool.empty()).isTrue();
    }
    assertThat(Files.readString(directory.resolve("set-aside"), StandardCharsets.ISO_8859_1))
        .endsWith("poison");
  }
}
