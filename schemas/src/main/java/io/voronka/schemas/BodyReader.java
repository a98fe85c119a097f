package io.voronka.schemas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads the binary body of a record that was written by the very schema of this build, as nearly
 * all are. Avro's own reader resolves two schemas against each other step by step while it reads,
 * which takes two thirds of its time and is for nothing when they are one and the same. Knows the
 * types that our records are made of. One belongs to one thread.
 */
final class BodyReader {
  private final Step record;
  private final BodyBytes bytes = new BodyBytes();

  private BodyReader(Step record) {
    this.record = record;
  }

  /**
   * @throws IllegalArgumentException when the schema has a type that is not known here
   */
  static BodyReader of(Schema schema, SpecificData data) {
    return new BodyReader(step(schema, data));
  }

  /**
   * @throws RuntimeException when the bytes are none of this schema
   */
  SpecificRecordBase read(byte[] encoded, int from) {
    bytes.begin(encoded, from);
    return (SpecificRecordBase) record.read(bytes);
  }

  /** Reads one value. */
  @FunctionalInterface
  private interface Step {
    Object read(BodyBytes in);
  }

  private static Step step(Schema schema, SpecificData data) {
    return switch (schema.getType()) {
      case RECORD -> record(schema, data);
      case ENUM -> symbols(schema, data);
      case ARRAY -> array(step(schema.getElementType(), data));
      case MAP -> map(step(schema.getValueType(), data));
      case UNION -> optional(schema, data);
      case STRING -> BodyBytes::text;
      case BYTES -> in -> ByteBuffer.wrap(in.bytes());
      case LONG -> BodyBytes::number;
      case INT -> in -> Math.toIntExact(in.number());
      case BOOLEAN -> in -> in.next() == 1;
      default -> throw new IllegalArgumentException("no record of ours has " + schema);
    };
  }

  private static Step record(Schema schema, SpecificData data) {
    Class<?> type = data.getClass(schema);
    Step[] fields =
        schema.getFields().stream().map(field -> step(field.schema(), data)).toArray(Step[]::new);
    return in -> {
      SpecificRecordBase made = (SpecificRecordBase) SpecificData.newInstance(type, schema);
      for (int i = 0; i < fields.length; i++) {
        made.put(i, fields[i].read(in));
      }
      return made;
    };
  }

  private static Step symbols(Schema schema, SpecificData data) {
    Object[] symbols = data.getClass(schema).getEnumConstants();
    return in -> symbols[in.count()];
  }

  private static Step array(Step element) {
    return in -> {
      int block = in.block();
      List<Object> list = new ArrayList<>(block);
      while (block > 0) {
        for (int i = 0; i < block; i++) {
          list.add(element.read(in));
        }
        block = in.block();
      }
      return list;
    };
  }

  private static Step map(Step value) {
    return in -> {
      int block = in.block();
      Map<String, Object> map = new HashMap<>(block * 4 / 3 + 1);
      while (block > 0) {
        for (int i = 0; i < block; i++) {
          map.put(in.text(), value.read(in));
        }
        block = in.block();
      }
      return map;
    };
  }

  /** Our only unions: null, or one other type. */
  private static Step optional(Schema schema, SpecificData data) {
    List<Schema> types = schema.getTypes();
    if (types.size() != 2 || types.get(0).getType() != Schema.Type.NULL) {
      throw new IllegalArgumentException("no record of ours has " + schema);
    }
    Step present = step(types.get(1), data);
    return in ->
        switch (in.count()) {
          case 0 -> null;
          case 1 -> present.read(in);
          default -> throw new IllegalStateException("a third type of two");
        };
  }
}
