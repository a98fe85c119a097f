package io.voronka.infra.sandbox.journal;

import static io.voronka.infra.sandbox.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendLogTest {
  @TempDir Path folder;

  @Test
  void everyLineIsAcknowledgedInOrderOnceItIsInTheFile() throws IOException {
    Path file = folder.resolve("log");
    List<String> seenOnDisk = new CopyOnWriteArrayList<>();
    try (AppendLog log = AppendLog.open(file, Runnable::run, (n, line) -> {})) {
      for (int i = 1; i <= 500; i++) {
        String text = "line " + i;
        long number = log.append(bytes(text), failure -> seenOnDisk.add(present(file, text)));
        assertThat(number).isEqualTo(i);
      }
      await().until(() -> seenOnDisk.size() == 500);
      assertThat(log.durable()).isEqualTo(500);
    }
    assertThat(seenOnDisk).containsExactlyElementsOf(lines(1, 500));
  }

  @Test
  void linesAreReadBackByNumber() throws IOException {
    try (AppendLog log = written(10)) {
      assertThat(texts(log.read(0, 3))).isEqualTo(lines(1, 3));
      assertThat(texts(log.read(8, 100))).isEqualTo(lines(9, 10));
      assertThat(log.read(10, 5)).isEmpty();
      assertThat(log.read(Long.MAX_VALUE, 5)).isEmpty();
    }
  }

  @Test
  void aTornLastLineIsCutOffAndItsNumberGivenAgain() throws IOException {
    written(3).close();
    Path file = folder.resolve("log");
    Files.writeString(file, "{\"half\":", StandardOpenOption.APPEND);
    List<String> replayed = new ArrayList<>();

    try (AppendLog log =
        AppendLog.open(file, Runnable::run, (n, line) -> replayed.add(n + ":" + text(line)))) {
      assertThat(replayed).containsExactly("1:line 1", "2:line 2", "3:line 3");
      assertThat(log.append(bytes("line 4"), failure -> {})).isEqualTo(4);
    }
    assertThat(Files.readAllLines(file)).isEqualTo(lines(1, 4));
  }

  @Test
  void waitingWithoutNewLinesCompletesAtOnce() throws IOException {
    try (AppendLog log = written(2)) {
      List<Object> told = new CopyOnWriteArrayList<>();
      log.whenDurable(failure -> told.add("durable"));
      await().until(() -> told.size() == 1);
    }
  }

  private AppendLog written(int count) throws IOException {
    AppendLog log = AppendLog.open(folder.resolve("log"), Runnable::run, (n, line) -> {});
    for (int i = 1; i <= count; i++) {
      log.append(bytes("line " + i), failure -> {});
    }
    await().until(() -> log.durable() == count);
    return log;
  }

  private static String present(Path file, String text) {
    try {
      return Files.readAllLines(file).contains(text) ? text : text + " is missing";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> lines(int from, int to) {
    List<String> lines = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      lines.add("line " + i);
    }
    return lines;
  }

  private static List<String> texts(List<byte[]> lines) {
    return lines.stream().map(AppendLogTest::text).toList();
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
