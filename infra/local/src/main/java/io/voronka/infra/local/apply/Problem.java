package io.voronka.infra.local.apply;

import java.nio.file.Path;
import java.util.Comparator;

/**
 * One thing that is wrong with what somebody wrote.
 *
 * @param line 1-based line in the file
 * @param path JSON pointer inside the document, empty for the document itself
 */
public record Problem(Path file, int line, String path, String message)
    implements Comparable<Problem> {
  private static final Comparator<Problem> ORDER =
      Comparator.comparing(Problem::file)
          .thenComparing(Problem::line)
          .thenComparing(Problem::path)
          .thenComparing(Problem::message);

  @Override
  public int compareTo(Problem other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
