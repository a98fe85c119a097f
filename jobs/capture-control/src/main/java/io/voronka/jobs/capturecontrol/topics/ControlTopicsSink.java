package io.voronka.jobs.capturecontrol.topics;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.connectors.kafka.SchemaPublisher;
import io.voronka.jobs.capturecontrol.domain.ControlWrite;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes each row to the topic of its table, in the order given, at least once. */
public final class ControlTopicsSink {
  static final String UID = "publish-control";

  private ControlTopicsSink() {}

  /** What adds the sink to a stream. One subtask, because the order of records matters. */
  public static Consumer<DataStream<ControlWrite>> attacher(KafkaSettings kafka) {
    return writes ->
        writes.sinkTo(sink(kafka)).uid(UID).name("Publish control rows").setParallelism(1);
  }

  private static KafkaSink<ControlWrite> sink(KafkaSettings kafka) {
    return KafkaSink.<ControlWrite>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setKafkaProducerConfig(ProducerSettings.patient(kafka).properties())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(new Serializer(kafka))
        .build();
  }

  /** The timestamp is the capture clock, which the stream's elements carry. */
  static final class Serializer implements KafkaRecordSerializationSchema<ControlWrite> {
    private static final long serialVersionUID = 1L;

    private final KafkaSettings kafka;
    private transient RecordCodec<ControlChange> codec;
    private transient boolean published;

    Serializer(KafkaSettings kafka) {
      this.kafka = kafka;
    }

    @Override
    public void open(
        SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
      codec = RecordCodec.of(ControlChange.class);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        ControlWrite write, KafkaSinkContext context, Long timestamp) {
      if (!published) {
        SchemaPublisher.of(kafka).publishAndWait(List.of(ControlChange.class), timestamp);
        published = true;
      }
      return new ProducerRecord<>(
          kafka.topic(Topics.of(write.table())),
          0,
          timestamp,
          write.key().getBytes(StandardCharsets.UTF_8),
          write.change() == null ? null : codec.encode(write.change()));
    }
  }
}
