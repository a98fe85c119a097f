package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The history in {@code src/main/resources/schema-history} holds every version of every record.
 * {@code mvn -pl schemas test -Dtest=SchemaHistoryTest -Dschemas.record=true} adds what is missing.
 */
final class SchemaHistoryTest {
  private static final Path HISTORY = Path.of("src/main/resources/schema-history");

  static List<Class<? extends SpecificRecordBase>> records() {
    return ReleasedSchemas.TOP_LEVEL;
  }

  @ParameterizedTest
  @MethodSource("records")
  void theNewestRecordedVersionIsTheOneThatIsBuilt(Class<? extends SpecificRecordBase> type)
      throws IOException {
    Schema current = ReleasedSchemas.current(type);
    List<String> files = filesOf(type);
    if (Boolean.getBoolean("schemas.record") && !isNewest(current, files)) {
      record(current, type.getSimpleName(), files.size() + 1);
      return;
    }
    assertThat(files).as("recorded versions of %s", type.getSimpleName()).isNotEmpty();
    assertThat(Fingerprints.of(read(files.get(files.size() - 1))))
        .as("%s changed: record the new version with -Dschemas.record=true", type.getSimpleName())
        .isEqualTo(Fingerprints.of(current));
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyVersionReadsEveryOther(Class<? extends SpecificRecordBase> type) throws IOException {
    List<Schema> versions = new ArrayList<>();
    for (String file : filesOf(type)) {
      versions.add(read(file));
    }
    versions.add(ReleasedSchemas.current(type));

    for (Schema reader : versions) {
      for (Schema writer : versions) {
        assertThat(
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                    .getResult()
                    .getIncompatibilities())
            .as("reader %s, writer %s", Fingerprints.of(reader), Fingerprints.of(writer))
            .isEmpty();
      }
    }
  }

  @Test
  void theIndexNamesExactlyTheFilesThatAreThere() throws IOException {
    try (var files = Files.list(HISTORY)) {
      List<String> present =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".avsc"))
              .sorted()
              .toList();
      assertThat(Files.readAllLines(HISTORY.resolve("index.txt")))
          .containsExactlyElementsOf(present);
    }
  }

  @Test
  void aChangeThatOldReadersCannotReadIsFound() {
    Schema released =
        new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
    Schema withoutDefault =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}");

    assertThat(
            SchemaCompatibility.checkReaderWriterCompatibility(withoutDefault, released).getType())
        .isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
  }

  private static boolean isNewest(Schema current, List<String> files) throws IOException {
    return !files.isEmpty()
        && Fingerprints.of(read(files.get(files.size() - 1))) == Fingerprints.of(current);
  }

  private static void record(Schema schema, String name, int version) throws IOException {
    Files.writeString(
        HISTORY.resolve(String.format("%s-%04d.avsc", name, version)),
        schema.toString(true) + "\n");
    try (var files = Files.list(HISTORY)) {
      List<String> names =
          files
              .map(path -> path.getFileName().toString())
              .filter(file -> file.endsWith(".avsc"))
              .sorted()
              .toList();
      Files.writeString(HISTORY.resolve("index.txt"), String.join("\n", names) + "\n");
    }
  }

  private static List<String> filesOf(Class<?> type) throws IOException {
    try (var files = Files.list(HISTORY)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches(type.getSimpleName() + "-\\d{4}\\.avsc"))
          .sorted()
          .toList();
    }
  }

  private static Schema read(String file) throws IOException {
    return new Schema.Parser().parse(Files.readString(HISTORY.resolve(file)));
  }

  /** Guards the loader against a jar that lost its history. */
  @Test
  void theHistoryIsOnTheClassPath() {
    Map<String, Schema> history = ReleasedSchemas.instance().history();
    assertThat(history).hasSizeGreaterThanOrEqualTo(ReleasedSchemas.TOP_LEVEL.size());
  }
}
