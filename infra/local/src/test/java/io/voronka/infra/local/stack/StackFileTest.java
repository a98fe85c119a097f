package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {
  private static final StackAddresses AT =
      new StackAddresses(
          "127.0.0.1:1",
          "jdbc:postgresql://127.0.0.1:2/voronka",
          "voronka",
          Path.of("/p"),
          Path.of("/t"),
          Path.of("/u"),
          "http://127.0.0.1:3",
          "http://127.0.0.1:4",
          "http://127.0.0.1:5",
          "http://127.0.0.1:6",
          7);

  @TempDir private Path data;

  private Path written() throws IOException {
    return Files.writeString(
        data.resolve(StackFile.NAME), StackFile.text(AT, List.of(), Map.of("a", "RUNNING")));
  }

  @Test
  void theStackOfALivingLauncherIsFound() throws IOException {
    written();

    assertThat(StackFile.read(data))
        .hasValueSatisfying(
            stack -> {
              assertThat(stack.launcherPid()).isEqualTo(ProcessHandle.current().pid());
              assertThat(stack.addresses()).isEqualTo(AT);
              assertThat(stack.wantedJobs()).containsExactly("a");
            });
  }

  @Test
  void aProcessThatWasGivenTheIdLaterIsNotTheLauncher() throws IOException {
    Path file = written();
    long began = ProcessFigures.startTicks(ProcessHandle.current().pid()).orElseThrow();
    String before = Files.readString(file);
    String earlier = before.replace("_start\" : " + began, "_start\" : " + (began - 1));
    assertThat(earlier).isNotEqualTo(before);
    Files.writeString(file, earlier);

    assertThat(StackFile.read(data)).isEmpty();
  }
}
