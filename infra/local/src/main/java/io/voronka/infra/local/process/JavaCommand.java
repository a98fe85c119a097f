package io.voronka.infra.local.process;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of one leashed child JVM. It runs on the same JDK as the launcher.
 *
 * @param heapMb largest heap, MiB
 * @param options further JVM options
 * @param classPath the child's own class path; the leash is put behind it
 * @param mainClass what to run
 * @param arguments its arguments
 */
public record JavaCommand(
    int heapMb,
    List<String> options,
    List<Path> classPath,
    String mainClass,
    List<String> arguments) {

  /**
   * Half of the heap for what is young: of a server that keeps little and passes much on. A young
   * collection of the broker stops it for 5 to 10 ms however little is alive, so there should be
   * few.
   */
  public static final String MUCH_YOUNG = "-XX:NewRatio=1";

  public JavaCommand {
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /** The whole command line, {@code java} first. */
  public List<String> line() {
    List<String> line = new ArrayList<>();
    line.add(javaBinary().toString());
    line.add("-Xmx" + heapMb + "m");
    line.add("-XX:+ExitOnOutOfMemoryError");
    line.add("-Duser.timezone=UTC");
    line.add("-Dfile.encoding=UTF-8");
    line.add("-Djava.net.preferIPv4Stack=true");
    line.addAll(options);
    line.add("-cp");
    line.add(joined(wholeClassPath()));
    line.add(Leashed.class.getName());
    line.add(mainClass);
    line.addAll(arguments);
    return line;
  }

  /**
   * With the child's classes from an archive, or with a list of them for one.
   *
   * @param kind names children with the same work
   */
  public JavaCommand with(ClassArchives archives, String kind) {
    List<String> more = new ArrayList<>(options);
    more.addAll(archives.options(kind, wholeClassPath()));
    return new JavaCommand(heapMb, more, classPath, mainClass, arguments);
  }

  private List<Path> wholeClassPath() {
    List<Path> path = new ArrayList<>(classPath);
    path.add(leashLocation());
    return path;
  }

  static String joined(List<Path> classPath) {
    return String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList());
  }

  /** The {@code java} that this JVM was started with. */
  public static Path javaBinary() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The jar or folder that holds the leash. */
  private static Path leashLocation() {
    try {
      return Path.of(Leashed.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot tell where the launcher's own classes are", e);
    }
  }
}
