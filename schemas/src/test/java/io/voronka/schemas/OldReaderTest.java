package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericData.StringType;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An old release's reader, made from its recorded schema and loaded apart from this build's
 * classes, meets records of a newer writer.
 */
final class OldReaderTest {

  @Test
  void theFirstReleasesReaderReadsWhatThisBuildWrites(@TempDir Path work) throws Exception {
    CrmEvent event = Examples.stageChanged();
    byte[] bytes = RecordCodec.of(CrmEvent.class).encode(event);
    Schema firstRelease = history("CrmEvent-0001.avsc");

    try (URLClassLoader old = compile(firstRelease, work)) {
      IndexedRecord read =
          readWith(old, firstRelease, ReleasedSchemas.current(CrmEvent.class), bytes);

      assertThat(read.getClass()).isNotEqualTo(CrmEvent.class);
      assertThat(field(read, "id")).isEqualTo(event.getId());
      assertThat(field(read, "kind").toString()).isEqualTo(event.getKind().name());
      assertThat(field(read, "fields")).isEqualTo(event.getFields());
    }
  }

  @Test
  void anOldReaderSurvivesNewFieldsAndNewEnumSymbolsOfALaterWriter(@TempDir Path work)
      throws Exception {
    Schema released = history("CrmEvent-0001.avsc");
    Schema later = withLaterAdditions(released);
    GenericData.Record written = new GenericData.Record(later);
    CrmEvent event = Examples.stageChanged();
    for (Schema.Field field : released.getFields()) {
      written.put(field.name(), event.get(field.pos()));
    }
    written.put("kind", new GenericData.EnumSymbol(later.getField("kind").schema(), "LEAD_MERGED"));
    written.put("mergedInto", "77");
    byte[] bytes = singleObject(later, written);

    try (URLClassLoader old = compile(released, work)) {
      IndexedRecord read = readWith(old, released, later, bytes);

      assertThat(field(read, "kind").toString()).isEqualTo("UNKNOWN");
      assertThat(field(read, "subjectId")).isEqualTo(event.getSubjectId());
    }
    assertThat(
            RecordCodec.of(CrmEvent.class, fingerprint -> java.util.Optional.of(later))
                .decode(bytes)
                .getKind())
        .isEqualTo(EventKind.UNKNOWN);
  }

  private static Schema withLaterAdditions(Schema released) {
    String json =
        released
            .toString()
            .replaceFirst("\"LEAD_RESTORED\"", "\"LEAD_RESTORED\",\"LEAD_MERGED\"")
            .replaceFirst(
                "\"fields\":\\[",
                "\"fields\":[{\"name\":\"mergedInto\",\"type\":\"string\",\"default\":\"\"},");
    return new Schema.Parser().parse(json);
  }

  private static byte[] singleObject(Schema schema, IndexedRecord record) throws IOException {
    var out = new java.io.ByteArrayOutputStream();
    new org.apache.avro.message.BinaryMessageEncoder<IndexedRecord>(SpecificData.get(), schema)
        .encode(record, out);
    return out.toByteArray();
  }

  private static IndexedRecord readWith(
      ClassLoader loader, Schema reader, Schema writer, byte[] bytes) throws IOException {
    var datum = new SpecificDatumReader<IndexedRecord>(writer, reader, new SpecificData(loader));
    return datum.read(null, DecoderFactory.get().binaryDecoder(bytes, 10, bytes.length - 10, null));
  }

  private static Object field(IndexedRecord record, String name) {
    return record.get(record.getSchema().getField(name).pos());
  }

  private static Schema history(String file) {
    return ReleasedSchemas.instance().history().get(file);
  }

  private static URLClassLoader compile(Schema schema, Path work) throws IOException {
    Path sources = Files.createDirectories(work.resolve("sources"));
    Path classes = Files.createDirectories(work.resolve("classes"));
    SpecificCompiler generator = new SpecificCompiler(schema);
    generator.setStringType(StringType.String);
    generator.compileToDestination(null, sources.toFile());
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> files = Files.walk(sources);
        var manager = javac.getStandardFileManager(null, null, null)) {
      List<File> java =
          files.filter(file -> file.toString().endsWith(".java")).map(Path::toFile).toList();
      List<String> options =
          List.of(
              "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
      boolean compiled =
          javac
              .getTask(
                  null, manager, null, options, null, manager.getJavaFileObjectsFromFiles(java))
              .call();
      assertThat(compiled).isTrue();
      return new URLClassLoader(new URL[] {classes.toUri().toURL()}, new OldFirst());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Hides this build's records, so that the old ones are found below it. */
  private static final class OldFirst extends ClassLoader {
    OldFirst() {
      super(OldReaderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.voronka.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
