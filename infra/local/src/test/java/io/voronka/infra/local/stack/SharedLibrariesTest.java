package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibrariesTest {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  @TempDir private Path folder;

  @Test
  void takesOutWhatJobsHaveInCommonAndLeavesTheRest() throws IOException {
    Path flink = jar("flink.jar", Map.of("org/apache/flink/core/Core.class", "flink"));
    Path one =
        jar(
            "one.jar",
            Map.of(
                MANIFEST,
                "one",
                "lib/Same.class",
                "same",
                "lib/words.properties",
                "words",
                "lib/other/Newer.class",
                "2",
                "only/One.class",
                "mine"));
    Path two =
        jar(
            "two.jar",
            Map.of(
                MANIFEST,
                "two",
                "lib/Same.class",
                "same",
                "lib/words.properties",
                "words",
                "lib/other/Newer.class",
                "3"));

    SharedLibraries libraries =
        SharedLibraries.of(List.of(one, two), List.of(flink), folder.resolve("kept"));

    List<Path> classPath = libraries.behind(List.of(flink));
    assertThat(classPath).hasSize(2).startsWith(flink);
    assertThat(entries(classPath.get(1)))
        .containsOnly(
            Map.entry("lib/Same.class", "same"), Map.entry("lib/words.properties", "words"));
    assertThat(entries(libraries.slim(one)))
        .containsOnly(
            Map.entry(MANIFEST, "one"),
            Map.entry("lib/other/Newer.class", "2"),
            Map.entry("only/One.class", "mine"));
    assertThat(entries(libraries.slim(two)))
        .containsOnly(Map.entry(MANIFEST, "two"), Map.entry("lib/other/Newer.class", "3"));
  }

  /** Classes of one package see each other's insides, so they stay together. */
  @Test
  void leavesAPackageWholeWhenOneClassDiffersOrFlinkHasIt() throws IOException {
    Path flink = jar("flink.jar", Map.of("lz4/Old.class", "old"));
    Map<String, String> mixed =
        new TreeMap<>(Map.of("lib/Same.class", "same", "lz4/New.class", "n"));
    Path one = jar("one.jar", with(mixed, "lib/Differs.class", "1"));
    Path two = jar("two.jar", with(mixed, "lib/Differs.class", "2"));

    SharedLibraries libraries =
        SharedLibraries.of(List.of(one, two), List.of(flink), folder.resolve("kept"));

    assertThat(libraries.behind(List.of(flink))).containsExactly(flink);
    assertThat(libraries.slim(one)).isEqualTo(one);
    assertThat(libraries.parentFirst()).isEmpty();
  }

  @Test
  void oneJobAloneKeepsItsLibraries() throws IOException {
    Path one = jar("one.jar", Map.of("lib/Same.class", "same"));

    SharedLibraries libraries = SharedLibraries.of(List.of(one), List.of(), folder.resolve("kept"));

    assertThat(libraries.slim(one)).isEqualTo(one);
  }

  /** A whole jar that is submitted by hand brings its own connectors, but never its own Flink. */
  @Test
  void flinkItselfComesFirstAndItsConnectorsDoNot() throws IOException {
    Path flink =
        jar(
            "flink.jar",
            Map.of(
                "org/apache/flink/FlinkVersion.class", "1",
                "org/apache/flink/core/fs/Path.class", "2",
                "org/apache/flink/connector/datagen/Source.class", "3"));
    Map<String, String> connector = Map.of("org/apache/flink/connector/kafka/Sink.class", "4");
    Path one = jar("one.jar", connector);
    Path two = jar("two.jar", connector);

    List<String> first =
        SharedLibraries.of(List.of(one, two), List.of(flink), folder.resolve("kept")).parentFirst();

    assertThat(first)
        .contains(
            "java.",
            "org.slf4j",
            "org.apache.flink.FlinkVersion",
            "org.apache.flink.core.",
            "org.apache.flink.connector.datagen.")
        .noneMatch("org.apache.flink.connector.kafka.Sink"::startsWith);
  }

  @Test
  void aRebuiltJarNeverMeetsWhatAnEarlierBuildShared() throws IOException {
    Path kept = folder.resolve("kept");
    Path one = jar("one.jar", Map.of("lib/Same.class", "before"));
    Path two = jar("two.jar", Map.of("lib/Same.class", "before"));
    SharedLibraries before = SharedLibraries.of(List.of(one, two), List.of(), kept);
    assertThat(SharedLibraries.of(List.of(one, two), List.of(), kept).behind(List.of()))
        .isEqualTo(before.behind(List.of()));

    jar("one.jar", Map.of("lib/Same.class", "after"));
    jar("two.jar", Map.of("lib/Same.class", "after"));
    SharedLibraries after = SharedLibraries.of(List.of(one, two), List.of(), kept);

    assertThat(entries(before.behind(List.of()).get(0))).containsValue("before");
    assertThat(entries(after.behind(List.of()).get(0))).containsValue("after");
  }

  private static Map<String, String> with(Map<String, String> entries, String name, String text) {
    Map<String, String> more = new TreeMap<>(entries);
    more.put(name, text);
    return more;
  }

  private Path jar(String name, Map<String, String> entries) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    entries.forEach((entry, text) -> bytes.put(entry, text.getBytes(StandardCharsets.UTF_8)));
    return JarFiles.write(folder.resolve(name), bytes);
  }

  private static Map<String, String> entries(Path jar) throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        byte[] content = file.getInputStream(entry).readAllBytes();
        entries.put(entry.getName(), new String(content, StandardCharsets.UTF_8));
      }
    }
    return entries;
  }
}
