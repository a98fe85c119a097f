package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptBuildsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void whatNobodyUsesAnyMoreGoes() throws IOException {
    Path old = used("old", NOW.minusSeconds(1), 4_194_999);
    Path recent = used("recent", NOW, 4_194_999);
    Path running = used("running", NOW.minusSeconds(9_000), ProcessHandle.current().pid());
    Path jar = Files.writeString(folder.resolve("old.jar"), "x");
    Files.setLastModifiedTime(jar, FileTime.from(NOW.minusSeconds(1)));

    KeptBuilds.sweep(folder, NOW);

    assertThat(old).doesNotExist();
    assertThat(jar).doesNotExist();
    assertThat(recent).exists();
    assertThat(running).exists();
  }

  @Test
  void whatIsOnACommandLineStays() throws IOException {
    Path jar = Files.writeString(folder.resolve("gateway.jar"), "x");
    Files.setLastModifiedTime(jar, FileTime.from(NOW));
    Process reader = new ProcessBuilder("tail", "-f", jar.toString()).start();
    try {
      KeptBuilds.sweep(folder, NOW.plusSeconds(1));
      assertThat(jar).exists();
    } finally {
      reader.destroyForcibly();
      reader.onExit().join();
    }
    KeptBuilds.sweep(folder, NOW.plusSeconds(1));
    assertThat(jar).doesNotExist();
  }

  @Test
  void whoeverGotTheIdOfAUserLaterIsNone() throws IOException {
    long self = ProcessHandle.current().pid();
    Path kept = used("kept", NOW.minusSeconds(1), 4_194_999);
    KeptBuilds.use(kept, NOW.minusSeconds(1));
    KeptBuilds.sweep(folder, NOW);
    assertThat(kept).as("used by this process").exists();

    long earlier = ProcessFigures.startTicks(self).orElseThrow() - 1;
    Files.writeString(kept.resolve("user-" + self), Long.toString(earlier));
    Files.setLastModifiedTime(kept, FileTime.from(NOW.minusSeconds(1)));
    KeptBuilds.sweep(folder, NOW);
    assertThat(kept).doesNotExist();
  }

  @Test
  void useIsWhatCountsAndNotWhenItWasMade() throws IOException {
    Path kept = used("kept", NOW.minusSeconds(9_000), 4_194_999);
    Path jar = Files.writeString(folder.resolve("kept.jar"), "x");

    KeptBuilds.use(kept, NOW);
    KeptBuilds.use(jar, NOW);

    assertThat(kept.toFile().lastModified()).isEqualTo(NOW.toEpochMilli());
    assertThat(jar.toFile().lastModified()).isEqualTo(NOW.toEpochMilli());
    assertThat(kept.resolve("user-" + ProcessHandle.current().pid())).exists();
  }

  @Test
  void aFolderThatIsNotThereIsTidy() {
    KeptBuilds.sweep(folder.resolve("nowhere"), NOW);
    assertThat(folder).isEmptyDirectory();
  }

  private Path used(String name, Instant at, long pid) throws IOException {
    Path kept = Files.createDirectory(folder.resolve(name));
    Files.writeString(kept.resolve("shared-libraries.jar"), "x");
    Files.writeString(kept.resolve("user-" + pid), "");
    Files.setLastModifiedTime(kept, FileTime.from(at));
    return kept;
  }
}
