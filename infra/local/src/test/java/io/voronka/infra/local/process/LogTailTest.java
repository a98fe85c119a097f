package io.voronka.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir private Path folder;

  @Test
  void theLastLinesOfABigFile() throws IOException {
    List<String> lines = IntStream.range(0, 20_000).mapToObj(i -> "line " + i).toList();
    Path file = Files.write(folder.resolve("big.log"), lines);
    assertThat(LogTail.of(file, 3)).containsExactly("line 19997", "line 19998", "line 19999");
  }

  @Test
  void linesThatAreLongerThanExpected() throws IOException {
    String longLine = "привет ".repeat(2000);
    Path file = Files.write(folder.resolve("long.log"), List.of("first", longLine, longLine));
    assertThat(LogTail.of(file, 2)).containsExactly(longLine, longLine);
  }

  @Test
  void fewerLinesThanAskedFor() throws IOException {
    Path file = Files.write(folder.resolve("small.log"), List.of("only"));
    assertThat(LogTail.of(file, 10)).containsExactly("only");
    assertThat(LogTail.of(folder.resolve("none.log"), 10)).isEmpty();
  }
}
