package io.voronka.connectors.changecapture;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.cdc.debezium.DebeziumDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Debezium's envelope into {@link RowChange}. */
final class RowChangeDecoder implements DebeziumDeserializationSchema<RowChange> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(SourceRecord record, Collector<RowChange> out) {
    out.collect(decode((Struct) record.value()));
  }

  @Override
  public TypeInformation<RowChange> getProducedType() {
    return TypeInformation.of(RowChange.class);
  }

  static RowChange decode(Struct envelope) {
    Struct source = envelope.getStruct("source");
    RowChange.Op op = op(envelope.getString("op"));
    Long lsn = source.schema().field("lsn") == null ? null : source.getInt64("lsn");
    return new RowChange(
        source.getString("table"),
        op,
        columns(envelope.getStruct("before")),
        columns(envelope.getStruct("after")),
        op == RowChange.Op.READ ? 0 : source.getInt64("ts_ms"),
        lsn == null ? 0 : lsn);
  }

  private static RowChange.Op op(String code) {
    return switch (code) {
      case "r" -> RowChange.Op.READ;
      case "c" -> RowChange.Op.INSERT;
      case "u" -> RowChange.Op.UPDATE;
      case "d" -> RowChange.Op.DELETE;
      // Truncations and logical messages are not asked for; see ChangeCapture.
      default -> throw new IllegalStateException("unexpected operation " + code);
    };
  }

  private static Map<String, String> columns(Struct row) {
    if (row == null) {
      return null;
    }
    Map<String, String> columns = new HashMap<>();
    for (Field field : row.schema().fields()) {
      columns.put(field.name(), text(row.get(field)));
    }
    return columns;
  }

  private static String text(Object value) {
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return HexFormat.of().formatHex(copy);
    }
    return value == null ? null : value.toString();
  }
}
