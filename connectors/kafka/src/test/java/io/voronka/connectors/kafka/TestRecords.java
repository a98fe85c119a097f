package io.voronka.connectors.kafka;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.TenantRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;

/** Records of today's build and of builds that never were. */
public final class TestRecords {
  private TestRecords() {}

  public static CrmEvent event(String id, long at) {
    return CrmEvent.newBuilder()
        .setId(id)
        .setKind(EventKind.LEAD_UPDATED)
        .setTenantId("acme")
        .setSubjectId("1")
        .setReceivedAt(at)
        .build();
  }

  public static ControlChange tenant(String id, long generation) {
    return ControlChange.newBuilder()
        .setTable(ControlTable.TENANTS)
        .setOp(ControlOp.UPSERT)
        .setGeneration(generation)
        .setTenant(
            TenantRow.newBuilder()
                .setTenantId(id)
                .setName(id)
                .setTimeZone("UTC")
                .setLocale("ru")
                .build())
        .build();
  }

  public static ControlChange marker(ControlTable table, long generation, long rows) {
    return ControlChange.newBuilder()
        .setTable(table)
        .setOp(ControlOp.SNAPSHOT_COMPLETE)
        .setGeneration(generation)
        .setRowCount(rows)
        .build();
  }

  /** An event's schema without the field {@code links}, as an older build might have had it. */
  public static Schema olderEventSchema() {
    return eventSchema(without("links"), List.of());
  }

  /** An event's schema with one field more, as a newer build might have it. */
  public static Schema newerEventSchema() {
    return eventSchema(
        without(),
        List.of(new Schema.Field("mood", Schema.create(Schema.Type.STRING), null, "calm")));
  }

  /** An event in another build's schema, single-object encoded. */
  public static byte[] encode(Schema schema, CrmEvent event) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      Schema.Field own = CrmEvent.getClassSchema().getField(field.name());
      Object value = own == null ? "merry" : event.get(own.pos());
      record.put(
          field.name(),
          value instanceof Enum<?> symbol
              ? new GenericData.EnumSymbol(field.schema(), symbol.name())
              : value);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new BinaryMessageEncoder<>(GenericData.get(), schema).encode(record, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static List<String> without(String... names) {
    return List.of(names);
  }

  private static Schema eventSchema(List<String> left, List<Schema.Field> added) {
    Schema today = CrmEvent.getClassSchema();
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : today.getFields()) {
      if (!left.contains(field.name())) {
        fields.add(new Schema.Field(field, field.schema()));
      }
    }
    fields.addAll(added);
    return Schema.createRecord(
        today.getName(), today.getDoc(), today.getNamespace(), false, fields);
  }
}
