package io.voronka.infra.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of children, laid out in files as a JVM wants them in memory (class data sharing):
 * with such a file a start reads, parses and verifies none of them again.
 *
 * <p>The first life of a child lists what it loads; from the list a file can be made at any time,
 * beside the running child or after it. It belongs to a JVM and to the very jars of a class path,
 * and is never even tried with others. Whatever goes wrong here makes a start slower and no more.
 */
public final class ClassArchives {
  private static final Logger LOG = LoggerFactory.getLogger(ClassArchives.class);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final int KEPT = 12;
  private static final String ARCHIVE = ".jsa";
  private static final String LIST = ".classes";
  private static final String CLASS_PATH = ".classpath";
  private static final String FAILED = ".failed";

  private final Path folder;
  private final Set<String> listed = ConcurrentHashMap.newKeySet();

  private ClassArchives(Path folder) {
    this.folder = folder;
  }

  /** Kept in this folder, which may not be there yet. */
  public static ClassArchives in(Path folder) {
    return new ClassArchives(folder);
  }

  /**
   * JVM options with which a child uses its archive, or tells what should be in it.
   *
   * @param kind names children with the same work
   * @param classPath all of it
   */
  List<String> options(String kind, List<Path> classPath) {
    try {
      String name = name(kind, classPath);
      Path archive = folder.resolve(name + ARCHIVE);
      if (Files.exists(archive)) {
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off");
      }
      if (Files.exists(folder.resolve(name + FAILED))) {
        return List.of();
      }
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name + CLASS_PATH), JavaCommand.joined(classPath));
      listed.add(name);
      return List.of("-XX:DumpLoadedClassList=" + folder.resolve(name + LIST));
    } catch (IOException e) {
      LOG.debug("no archive for {}", kind, e);
      return List.of();
    }
  }

  /**
   * Makes the archives of a kind whose children have told what they load. Takes some seconds of one
   * processor for each, so lists that a killed launcher left behind, of builds before this one, are
   * thrown away.
   */
  public void make(String kind) {
    try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      for (Path list : files.filter(file -> isListOf(kind, file)).toList()) {
        String file = list.getFileName().toString();
        String name = file.substring(0, file.length() - LIST.length());
        if (listed.remove(name)) {
          make(name, list);
        } else {
          Files.deleteIfExists(list);
          Files.deleteIfExists(folder.resolve(name + CLASS_PATH));
        }
      }
      forgetOldest();
    } catch (IOException e) {
      LOG.warn("no archive of classes for {}", kind, e);
    }
  }

  private static boolean isListOf(String kind, Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(kind + "-") && name.endsWith(LIST);
  }

  private void make(String name, Path list) throws IOException {
    Path archive = folder.resolve(name + ARCHIVE);
    Path half = folder.resolve(name + ".making");
    Path complete = folder.resolve(name + ".complete");
    Path output = folder.resolve(name + ".out");
    try {
      Files.writeString(complete, wholeLines(Files.readString(list)));
      List<String> command =
          List.of(
              "nice",
              JavaCommand.javaBinary().toString(),
              "-Xshare:dump",
              "-Xmx256m",
              "-XX:+UseSerialGC",
              "-XX:SharedClassListFile=" + complete,
              "-XX:SharedArchiveFile=" + half,
              "-cp",
              Files.readString(folder.resolve(name + CLASS_PATH)));
      ChildProcess process = ChildProcess.start(command, Map.of(), folder, output);
      try {
        process.awaitEnd(LONGEST);
      } finally {
        process.kill();
      }
      if (process.exitCode() == 0 && Files.exists(half)) {
        Files.move(half, archive, StandardCopyOption.ATOMIC_MOVE);
      } else {
        Files.writeString(folder.resolve(name + FAILED), "see the .out file of this name\n");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Files.deleteIfExists(half);
      Files.deleteIfExists(complete);
      Files.deleteIfExists(list);
    }
  }

  /** The child may be writing the last line just now. */
  static String wholeLines(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  /** Each build has its own. One that is in use stays in memory when its file is deleted. */
  private void forgetOldest() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> archives =
          files
              .filter(file -> file.toString().endsWith(ARCHIVE))
              .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed())
              .toList();
      for (Path old : archives.subList(Math.min(KEPT, archives.size()), archives.size())) {
        Files.deleteIfExists(old);
      }
    }
  }

  private static String name(String kind, List<Path> classPath) throws IOException {
    List<String> parts = new ArrayList<>();
    parts.add(System.getProperty("java.home") + " " + System.getProperty("java.vm.version"));
    for (Path entry : classPath) {
      if (!Files.isRegularFile(entry)) {
        throw new IOException(entry + " is no jar, and only jars can be archived");
      }
      parts.add(
          entry.toAbsolutePath()
              + " "
              + Files.size(entry)
              + " "
              + Files.getLastModifiedTime(entry).toMillis());
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join(File.pathSeparator, parts).getBytes(StandardCharsets.UTF_8));
      return kind + "-" + HexFormat.of().formatHex(digest).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
