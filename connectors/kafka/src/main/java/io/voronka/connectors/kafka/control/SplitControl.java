package io.voronka.connectors.kafka.control;

import io.voronka.schemas.RecordRejected;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends unreadable records down a side path. */
final class SplitControl extends ProcessFunction<ControlRecord, ControlUpdate> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<RecordRejected> REJECTED =
      new OutputTag<>("rejected-control", new AvroTypeInfo<>(RecordRejected.class));

  @Override
  public void processElement(ControlRecord record, Context context, Collector<ControlUpdate> out) {
    if (record.update() != null) {
      out.collect(record.update());
    } else {
      context.output(REJECTED, record.rejected());
    }
  }
}
