package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own reading and writing of bodies beside Avro's, on records that chance has filled in. */
final class BodyFormatTest {
  private static final int RECORDS = 200;
  private static final int SEED = 11;

  static List<Class<? extends SpecificRecordBase>> records() {
    return ReleasedSchemas.TOP_LEVEL;
  }

  @ParameterizedTest
  @MethodSource("records")
  void readsWhatAvroReads(Class<? extends SpecificRecordBase> type) throws IOException {
    SpecificData data = new SpecificData(type.getClassLoader());
    Schema schema = data.getSchema(type);
    BodyReader reader = BodyReader.of(schema, data);

    for (Object random : new RandomData(schema, RECORDS, SEED, false)) {
      byte[] bytes = avro(schema, random);

      assertThat(reader.read(bytes, 0)).isEqualTo(byAvro(schema, data, bytes));
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void writesWhatAvroWrites(Class<? extends SpecificRecordBase> type) throws IOException {
    SpecificData data = new SpecificData(type.getClassLoader());
    data.setCustomCoders(true);
    Schema schema = data.getSchema(type);
    BodyReader reader = BodyReader.of(schema, data);
    BodyWriter writer = new BodyWriter();

    for (Object random : new RandomData(schema, RECORDS, SEED, false)) {
      byte[] bytes = avro(schema, random);
      writer.begin(new byte[] {7, 8});
      new SpecificDatumWriter<>(schema, data).write(reader.read(bytes, 0), writer);

      byte[] written = writer.written();
      assertThat(Arrays.copyOf(written, 2)).containsExactly(7, 8);
      // A map may come back in another order.
      byte[] body = Arrays.copyOfRange(written, 2, written.length);
      assertThat(body).hasSameSizeAs(bytes);
      assertThat(byAvro(schema, data, body)).isEqualTo(byAvro(schema, data, bytes));
    }
  }

  @Test
  void textsOfAllLettersComeBack() {
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    CrmEvent event = Examples.stageChanged();

    for (String text :
        List.of(
            "",
            "a",
            "Ж",
            "жж",
            "Ð",
            "a\u0000b",
            "\uD83D\uDE00",
            "x".repeat(9_000),
            "ё".repeat(700))) {
      event.put("gatewayId", text);
      // The second time it may come from what is known.
      for (int time = 0; time < 2; time++) {
        assertThat(codec.decode(codec.encode(event)).getGatewayId()).isEqualTo(text);
      }
    }
  }

  @Test
  void blocksWithTheirSizesAreReadToo() throws IOException {
    SpecificData data = SpecificData.get();
    CrmEvent event = Examples.stageChanged();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder blocking = EncoderFactory.get().blockingBinaryEncoder(bytes, null);
    new SpecificDatumWriter<>(CrmEvent.getClassSchema(), data).write(event, blocking);
    blocking.flush();

    assertThat(BodyReader.of(CrmEvent.getClassSchema(), data).read(bytes.toByteArray(), 0))
        .isEqualTo(event);
  }

  @Test
  void aTypeThatOurRecordsDoNotHaveIsRefused() {
    Schema other = SchemaBuilder.record("Other").fields().requiredDouble("size").endRecord();

    assertThatThrownBy(() -> BodyReader.of(other, SpecificData.get()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("double");
  }

  private static byte[] avro(Schema schema, Object record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Object byAvro(Schema schema, SpecificData data, byte[] bytes) throws IOException {
    return new SpecificDatumReader<>(schema, schema, data)
        .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
  }
}
