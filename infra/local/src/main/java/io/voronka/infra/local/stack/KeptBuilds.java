package io.voronka.infra.local.stack;

import io.voronka.infra.local.process.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with something for each build: copies of jars, what jobs have in common. A stack goes on
 * with those of the build that it was started with, so what is older stays while somebody runs with
 * it, and goes at a later start.
 */
final class KeptBuilds {

  private static final Logger LOG = LoggerFactory.getLogger(KeptBuilds.class);

  /**
   * A file of this name and the process id marks a folder as used by a process. In it is when the
   * process began: its id may be given again.
   */
  private static final String USER = "user-";

  private KeptBuilds() {}

  /** Says that it is used now; a folder counts as used for as long as this process lives. */
  static void use(Path kept, Instant now) throws IOException {
    if (Files.isDirectory(kept)) {
      long pid = ProcessHandle.current().pid();
      long began = ProcessFigures.startTicks(pid).orElseThrow();
      Files.writeString(kept.resolve(USER + pid), Long.toString(began));
    }
    Files.setLastModifiedTime(kept, FileTime.from(now));
  }

  /**
   * Deletes what was last used before a moment, and by nobody who still runs: no living process has
   * marked it or has it on its command line. What cannot be deleted stays.
   */
  static void sweep(Path folder, Instant before) {
    try (Stream<Path> children = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      List<Path> old =
          children.filter(child -> child.toFile().lastModified() < before.toEpochMilli()).toList();
      List<String> commandLines = old.isEmpty() ? List.of() : ProcessFigures.commandLines();
      for (Path child : old) {
        if (!isMarked(child) && commandLines.stream().noneMatch(contains(child))) {
          DataDirectory.deleteAll(child);
        }
      }
    } catch (IOException e) {
      LOG.warn("cannot tidy up {}", folder, e);
    }
  }

  private static Predicate<String> contains(Path child) {
    String path = child.toString();
    return line -> line.contains(path);
  }

  private static boolean isMarked(Path child) throws IOException {
    if (!Files.isDirectory(child)) {
      return false;
    }
    try (Stream<Path> files = Files.list(child)) {
      return files
          .filter(file -> file.getFileName().toString().matches(USER + "[0-9]{1,18}"))
          .anyMatch(KeptBuilds::isOfOneThatRuns);
    }
  }

  private static boolean isOfOneThatRuns(Path mark) {
    long pid = Long.parseLong(mark.getFileName().toString().substring(USER.length()));
    try {
      String began = Files.readString(mark);
      // A mark is empty while it is written, and those of earlier builds always are.
      return began.isEmpty()
          ? ProcessFigures.startTicks(pid).isPresent()
          : ProcessFigures.began(pid, Long.parseLong(began));
    } catch (IOException e) {
      return true; // It stays until it can be read.
    }
  }
}
