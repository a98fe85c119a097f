package io.voronka.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

  @Test
  void runsTheMainClassOnALeashBehindItsOwnClassPath() {
    List<String> line =
        new JavaCommand(
                256,
                List.of("-Dlog.file=/l"),
                List.of(Path.of("/a.jar"), Path.of("/b.jar")),
                "kafka.Kafka",
                List.of("conf"))
            .line();
    assertThat(line.get(0)).endsWith("/bin/java");
    assertThat(line).contains("-Xmx256m", "-Dlog.file=/l", "-XX:+ExitOnOutOfMemoryError");
    assertThat(line.get(line.indexOf("-cp") + 1)).startsWith("/a.jar:/b.jar:");
    assertThat(line).endsWith(Leashed.class.getName(), "kafka.Kafka", "conf");
  }

  @Test
  void aServerThatPassesOnHasItsWholeHeapFromTheStart() {
    JavaCommand command =
        new JavaCommand(64, List.of("-Da=b"), List.of(), "kafka.Kafka", List.of());

    String hugePages = "-XX:+UseTransparentHugePages";
    assertThat(command.line()).contains("-Xmx64m").doesNotContain("-Xms64m", hugePages);
    assertThat(command.passingOn().line()).contains("-Xmx64m", "-Xms64m", hugePages, "-Da=b");
  }
}
