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

  private RetainedCheckpoints() {}

  /**
   * The newest complete one below any of the folders, by the time its metadata was written. Ids
   * would not do: they begin anew when a job is started with empty state.
   *
   * @return the folder that holds the metadata
   */
  public static Optional<Path> newest(Path... folders) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      found.addAll(below(folder));
    }
    return found.stream()
        .max(
            Comparator.comparing(RetainedCheckpoints::written)
                .thenComparingLong(RetainedCheckpoints::id));
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
