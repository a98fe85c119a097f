package io.voronka.jobs.evaluaterules.baseline;

import io.voronka.connectors.kafka.ProducerSettings;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes sized records with the producer settings that the rules job has for the same. */
final class SizedRecordSink {
  private SizedRecordSink() {}

  static void attach(
      DataStream<SizedRecord> records, ProducerSettings producer, String topic, String uid) {
    KafkaSink<SizedRecord> sink =
        KafkaSink.<SizedRecord>builder()
            .setBootstrapServers(producer.kafka().bootstrapServers())
            .setKafkaProducerConfig(producer.properties())
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setRecordSerializer(new ToTopic(topic))
            .build();
    records.sinkTo(sink).uid(uid).name(uid);
  }

  private record ToTopic(String topic) implements KafkaRecordSerializationSchema<SizedRecord> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        SizedRecord record, KafkaSinkContext context, Long timestamp) {
      byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(topic, null, record.timestamp(), key, record.value());
    }
  }
}
