package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checked-out, built repository: where the parts' class paths and our own jars are. */
public final class SourceTree {

  /** System property with the repository's folder; the {@code voronka} script sets it. */
  public static final String HOME_PROPERTY = "voronka.home";

  private final Path root;

  SourceTree(Path root) {
    this.root = root;
  }

  /**
   * Finds the repository: where the script says, or else upwards from the working directory.
   *
   * @throws StackException NOT_BUILT when this is not inside a repository
   */
  public static SourceTree find() {
    String home = System.getProperty(HOME_PROPERTY);
    if (home != null) {
      return new SourceTree(Path.of(home).toAbsolutePath().normalize());
    }
    Path here = Path.of("").toAbsolutePath();
    return above(here)
        .orElseThrow(
            () ->
                new StackException(Reason.NOT_BUILT, here + " is not inside Voronka's repository"));
  }

  static Optional<SourceTree> above(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("infra/parts"))
          && Files.isRegularFile(at.resolve("pom.xml"))) {
        return Optional.of(new SourceTree(at));
      }
    }
    return Optional.empty();
  }

  /** The repository's folder, absolute. */
  public Path root() {
    return root;
  }

  /** Where the local stack keeps its data unless told otherwise. */
  public Path defaultData() {
    return root.resolve(".voronka");
  }

  /**
   * The class path of a foreign part, {@code kafka} or {@code flink}.
   *
   * @throws StackException NOT_BUILT
   */
  List<Path> classPathOf(String part) {
    Path list = root.resolve("infra/parts").resolve(part).resolve("target/classpath.txt");
    if (!Files.isRegularFile(list)) {
      throw notBuilt(list);
    }
    return entries(list);
  }

  private static List<Path> entries(Path list) {
    try {
      return parseClassPath(Files.readString(list)).stream().map(Path::of).toList();
    } catch (IOException e) {
      throw new StackException(Reason.NOT_BUILT, "cannot read " + list + ": " + e, e);
    }
  }

  /**
   * What the tests of a module run with, for comparisons that need more than we ship.
   *
   * @throws StackException NOT_BUILT
   */
  public List<Path> testClassPath(String module) {
    Path target = root.resolve(module).resolve("target");
    Path list = target.resolve("test-classpath.txt");
    Path tests = target.resolve("test-classes");
    if (!Files.isRegularFile(list) || !Files.isDirectory(tests)) {
      throw new StackException(
          Reason.NOT_BUILT,
          "the tests of %s are not built; infra/voronka builds them when they are needed, or: mvn -Dquick -DskipTests -pl %s -am process-test-classes"
              .formatted(module, module));
    }
    List<Path> path = new ArrayList<>(List.of(tests, target.resolve("classes")));
    path.addAll(entries(list));
    return path;
  }

  static List<String> parseClassPath(String text) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.trim().split(File.pathSeparator)) {
      if (!entry.isBlank()) {
        entries.add(entry.trim());
      }
    }
    return List.copyOf(entries);
  }

  /** What this JVM itself runs with. */
  static List<Path> ownClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isBlank())
        .map(entry -> Path.of(entry).toAbsolutePath())
        .toList();
  }

  /**
   * The self-contained jar of a module.
   *
   * @param module folder in the repository, such as {@code jobs/evaluate-rules}
   * @param classifier {@code job} or {@code app}
   * @throws StackException NOT_BUILT
   */
  public Path jar(String module, String classifier) {
    Path target = root.resolve(module).resolve("target");
    return findJar(target, classifier)
        .orElseThrow(() -> notBuilt(target.resolve("*-" + classifier + ".jar")));
  }

  private static Optional<Path> findJar(Path target, String classifier) {
    if (!Files.isDirectory(target)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-" + classifier + ".jar"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()));
    } catch (IOException e) {
      throw new StackException(Reason.NOT_BUILT, "cannot look into " + target + ": " + e, e);
    }
  }

  /** A folder for what is made of the built parts at first use; the next clean build removes it. */
  Path kept(String name) {
    return root.resolve("infra/local/target").resolve(name);
  }

  private StackException notBuilt(Path missing) {
    return new StackException(
        Reason.NOT_BUILT,
        "the tree is not built: %s is missing; infra/voronka builds it, or: mvn -Dquick -DskipTests package"
            .formatted(root.relativize(missing)));
  }
}
