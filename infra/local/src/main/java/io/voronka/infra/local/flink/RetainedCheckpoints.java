package io.voronka.infra.local.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checkpoints and savepoints of one job on a file system: {@code <job>/<job
 * id>/chk-<n>/_metadata} and {@code <job>/savepoint-<x>/_metadata}. The metadata file is written
 * last and appears whole, so where it is, the rest is.
 */
public final class RetainedCheckpoints {

  private static final String METADATA = "_metadata";
  private static final int ID_SHOWN = 6;

  private RetainedCheckpoints() {}

  /**
   * The newest complete one, by the time its metadata was written. Ids would not do: they begin
   * anew when a job is started with empty state.
   *
   * @param checkpoints the job's folder
   * @param savepoints the job's folder; beside it, with the beginning of the job's id in its name,
   *     is what somebody saved without saying where, from Flink's web page for instance
   * @return the folder that holds the metadata
   */
  public static Optional<Path> newest(Path checkpoints, Path savepoints) throws IOException {
    List<Path> found = new ArrayList<>(below(checkpoints));
    found.addAll(below(savepoints));
    List<String> lives =
        children(checkpoints).stream().map(RetainedCheckpoints::savepointsOf).toList();
    for (Path other : children(savepoints.toAbsolutePath().getParent())) {
      if (lives.stream().anyMatch(other.getFileName().toString()::startsWith)) {
        collect(other, found);
      }
    }
    return found.stream()
        .max(
            Comparator.comparing(RetainedCheckpoints::written)
                .thenComparingLong(RetainedCheckpoints::id));
  }

  /** How Flink begins the names of a life's savepoints. */
  private static String savepointsOf(Path life) {
    String id = life.getFileName().toString();
    return "savepoint-" + id.substring(0, Math.min(ID_SHOWN, id.length())) + "-";
  }

  /**
   * Deletes what a job has outgrown: the checkpoints of its earlier lives. Only right once the
   * present life has completed a checkpoint of its own (a restored job may lean on the files of the
   * old one until then).
   *
   * @param folder the job's checkpoint folder
   * @param presentId the id of its present life
   */
  public static void forgetEarlierLives(Path folder, String presentId) throws IOException {
    for (Path life : children(folder)) {
      if (!life.getFileName().toString().equals(presentId)) {
        deleteAll(life);
      }
    }
  }

  /** Deletes all savepoints but the newest few. */
  public static void keepNewestSavepoints(Path folder, int keep) throws IOException {
    List<Path> oldestFirst = new ArrayList<>(below(folder));
    oldestFirst.sort(Comparator.comparing(RetainedCheckpoints::written));
    for (int i = 0; i < oldestFirst.size() - keep; i++) {
      deleteAll(oldestFirst.get(i));
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    for (Path child : children(folder)) {
      collect(child, found);
      for (Path grandchild : children(child)) {
        collect(grandchild, found);
      }
    }
    return found;
  }

  private static void collect(Path folder, List<Path> found) throws IOException {
    Path metadata = folder.resolve(METADATA);
    if (Files.isRegularFile(metadata) && Files.size(metadata) > 0) {
      found.add(folder);
    }
  }

  /** A running job deletes old checkpoints while we look: what vanishes was not the newest. */
  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).toList();
    }
  }

  private static FileTime written(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve(METADATA));
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static long id(Path folder) {
    String name = folder.getFileName().toString();
    try {
      return name.startsWith("chk-") ? Long.parseLong(name.substring("chk-".length())) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
