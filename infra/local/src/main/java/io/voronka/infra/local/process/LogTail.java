package io.voronka.infra.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, read without reading the file. */
public final class LogTail {

  private static final int BYTES_PER_LINE = 400;

  private LogTail() {}

  /** The last lines, oldest first; empty when there is no such file. */
  public static List<String> of(Path file, int lines) throws IOException {
    if (!Files.isRegularFile(file) || lines <= 0) {
      return List.of();
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      long want = (long) lines * BYTES_PER_LINE;
      while (true) {
        long from = Math.max(0, length - want);
        byte[] bytes = new byte[(int) (length - from)];
        in.seek(from);
        in.readFully(bytes);
        List<String> found = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        // The first line may be cut unless the whole file was read.
        List<String> whole = from == 0 || found.isEmpty() ? found : found.subList(1, found.size());
        if (whole.size() >= lines || from == 0) {
          return List.copyOf(whole.subList(Math.max(0, whole.size() - lines), whole.size()));
        }
        want *= 4;
      }
    }
  }
}
