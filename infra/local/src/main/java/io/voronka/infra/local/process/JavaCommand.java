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
    return and(archives.options(kind, wholeClassPath()));
  }

  /**
   * For a server that keeps little and passes much on: half of the heap for what is young, and all
   * of the heap from the start. A young collection of the broker stops it for 5 to 10 ms however
   * little is alive, so there should be few; and a heap that starts small grows only in a full one,
   * which stops a busy TaskManager for a third of a second. Where the kernel gives huge pages to
   * those who ask, such a heap gets them: its addresses are found with fewer looks at page tables.
   */
  public JavaCommand passingOn() {
    return and(List.of("-XX:NewRatio=1", "-Xms" + heapMb + "m", "-XX:+UseTransparentHugePages"));
  }

  private JavaCommand and(List<String> further) {
    List<String> more = new ArrayList<>(options);
    more.addAll(further);
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
