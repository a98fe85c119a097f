package io.voronka.infra.local.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {

  @TempDir private Path job;

  @Test
  void theNewestIsTheOneWrittenLastWhateverItsNumber() throws IOException {
    complete("checkpoints/aaa/chk-90", 1_000);
    Path afterFreshStart = complete("checkpoints/bbb/chk-3", 2_000);
    complete("savepoints/savepoint-aaa-1", 1_500);
    assertThat(newest()).contains(afterFreshStart);
  }

  @Test
  void aSavepointCountsLikeACheckpoint() throws IOException {
    complete("checkpoints/aaa/chk-90", 1_000);
    Path savepoint = complete("savepoints/savepoint-aaa-1", 1_500);
    assertThat(newest()).contains(savepoint);
  }

  @Test
  void aSavepointThatFlinkPutWhereItLikesIsFoundByTheJobsId() throws IOException {
    complete("checkpoints/0a1b2c99/chk-90", 1_000);
    Path savepoint = complete("savepoint-0a1b2c-1", 1_500);
    complete("savepoint-0a1b2d-1", 2_000);
    assertThat(newest()).contains(savepoint);
  }

  @Test
  void ofTwoWrittenInTheSameMomentTheHigherNumberWins() throws IOException {
    Path later = complete("checkpoints/aaa/chk-10", 1_000);
    complete("checkpoints/aaa/chk-9", 1_000);
    assertThat(newest()).contains(later);
  }

  @Test
  void halfWrittenOnesAndSharedFilesDoNotCount() throws IOException {
    Path whole = complete("checkpoints/aaa/chk-1", 1_000);
    Files.createDirectories(job.resolve("checkpoints/aaa/chk-2"));
    Files.createDirectories(job.resolve("checkpoints/aaa/chk-3"));
    Files.writeString(job.resolve("checkpoints/aaa/chk-3/_metadata"), "");
    Files.createDirectories(job.resolve("checkpoints/aaa/chk-4"));
    Files.writeString(job.resolve("checkpoints/aaa/chk-4/._metadata.inprogress.x"), "half");
    Files.createDirectories(job.resolve("checkpoints/aaa/shared"));
    assertThat(newest()).contains(whole);
  }

  @Test
  void nothingIsFoundWhereNothingIs() throws IOException {
    assertThat(newest()).isEmpty();
  }

  @Test
  void earlierLivesAreForgottenThePresentOneStays() throws IOException {
    complete("checkpoints/aaa/chk-90", 1_000);
    Path present = complete("checkpoints/bbb/chk-91", 2_000);
    RetainedCheckpoints.forgetEarlierLives(job.resolve("checkpoints"), "bbb");
    assertThat(job.resolve("checkpoints/aaa")).doesNotExist();
    assertThat(newest()).contains(present);
  }

  @Test
  void onlyTheNewestSavepointsAreKept() throws IOException {
    Path oldest = complete("savepoints/savepoint-a", 1_000);
    Path middle = complete("savepoints/savepoint-b", 2_000);
    Path newest = complete("savepoints/savepoint-c", 3_000);
    RetainedCheckpoints.keepNewestSavepoints(job.resolve("savepoints"), 2);
    assertThat(oldest).doesNotExist();
    assertThat(middle).exists();
    assertThat(newest).exists();
  }

  private Optional<Path> newest() throws IOException {
    return RetainedCheckpoints.newest(job.resolve("checkpoints"), job.resolve("savepoints"));
  }

  private Path complete(String name, long writtenMillis) throws IOException {
    Path folder = Files.createDirectories(job.resolve(name));
    Path metadata = Files.writeString(folder.resolve("_metadata"), "state");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(writtenMillis));
    return folder;
  }
}
