package io.voronka.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchivesTest {

  /** What the children of these tests run. */
  static final class Child {
    public static void main(String[] args) {
      System.out.println("child " + args[0]);
    }
  }

  @TempDir private Path folder;

  @Test
  void theFirstLifeListsItsClassesAndTheNextFindsThemInAnArchive() throws Exception {
    ClassArchives archives = ClassArchives.in(folder.resolve("archives"));
    List<Path> classPath = List.of(jar());

    List<String> first = archives.options("child", classPath);
    assertThat(first).singleElement().asString().startsWith("-XX:DumpLoadedClassList=");
    assertThat(run(first, classPath)).contains("child ran");
    archives.make("child");

    List<String> next = archives.options("child", classPath);
    assertThat(next.get(0)).startsWith("-XX:SharedArchiveFile=");
    Stream<String> loaded =
        run(Stream.concat(next.stream(), Stream.of("-Xlog:class+load")).toList(), classPath)
            .lines();
    assertThat(loaded.filter(line -> line.contains(Child.class.getName())))
        .singleElement()
        .asString()
        .contains("shared objects file");
  }

  @Test
  void anotherBuildOfAJarHasAnArchiveOfItsOwn() throws Exception {
    ClassArchives archives = ClassArchives.in(folder.resolve("archives"));
    Path jar = jar();
    run(archives.options("child", List.of(jar)), List.of(jar));
    archives.make("child");

    Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);

    assertThat(archives.options("child", List.of(jar)).get(0))
        .startsWith("-XX:DumpLoadedClassList=");
  }

  @Test
  void whatAnEarlierBuildListedIsThrownAway() throws Exception {
    Path archives = folder.resolve("archives");
    Path jar = jar();
    run(ClassArchives.in(archives).options("child", List.of(jar)), List.of(jar));
    Files.write(jar, new byte[] {0}, StandardOpenOption.APPEND);
    ClassArchives now = ClassArchives.in(archives);
    run(now.options("child", List.of(jar)), List.of(jar));
    assertThat(ended(archives, ".classes")).isEqualTo(2);

    now.make("child");

    assertThat(ended(archives, ".jsa")).isEqualTo(1);
    assertThat(ended(archives, ".classes")).isZero();
    assertThat(now.options("child", List.of(jar)).get(0)).startsWith("-XX:SharedArchiveFile=");
  }

  private static long ended(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).count();
    }
  }

  @Test
  void foldersOfClassesAndUnusableListsAreLeftAlone() throws Exception {
    ClassArchives archives = ClassArchives.in(folder.resolve("archives"));
    assertThat(archives.options("child", List.of(folder))).isEmpty();

    Path noJar = Files.writeString(folder.resolve("no.jar"), "nothing");
    String option = archives.options("child", List.of(noJar)).get(0);
    Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), "@no-such-thing x\n");
    archives.make("child");

    assertThat(archives.options("child", List.of(noJar))).isEmpty();
  }

  @Test
  void aLineThatIsJustBeingWrittenDoesNotCount() {
    assertThat(ClassArchives.wholeLines("a/B\nc/D\ne/")).isEqualTo("a/B\nc/D\n");
    assertThat(ClassArchives.wholeLines("e/")).isEmpty();
  }

  private String run(List<String> options, List<Path> classPath) throws Exception {
    Path output = folder.resolve("output-" + System.nanoTime());
    List<String> line =
        Stream.of(
                List.of(JavaCommand.javaBinary().toString(), "-XX:+UseSerialGC"),
                options,
                List.of("-cp", JavaCommand.joined(classPath), Child.class.getName(), "ran"))
            .flatMap(List::stream)
            .toList();
    Process process = new ProcessBuilder(line).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor()).isZero();
    return Files.readString(output);
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("child.jar");
    String name = Child.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file);
        InputStream in = Child.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new ZipEntry(name));
      in.transferTo(out);
    }
    return jar;
  }
}
