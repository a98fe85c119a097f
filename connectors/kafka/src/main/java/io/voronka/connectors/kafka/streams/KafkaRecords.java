package io.voronka.connectors.kafka.streams;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.schemas.RecordRejected;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Our records as Flink streams from and to Kafka. */
public final class KafkaRecords {
  private KafkaRecords() {}

  /**
   * Reads and decodes topics: two chained operators, source ({@code settings.uid()}) and decoder.
   * The parallelism is the environment's, but never more than there are partitions: a reader
   * without a partition would hold back event time for ever.
   *
   * @param clock watermarks per Kafka partition; event time is Kafka's timestamp
   */
  public static <T extends SpecificRecordBase> Decoded<T> read(
      StreamExecutionEnvironment env,
      ReadSettings<T> settings,
      WatermarkStrategy<RawRecord> clock) {
    SingleOutputStreamOperator<RawRecord> raw =
        env.fromSource(source(settings), clock, settings.uid())
            .uid(settings.uid())
            .setParallelism(Math.min(env.getParallelism(), settings.mostParallel()));
    return DecodeRecords.attach(raw, settings, "decode-" + settings.uid());
  }

  /**
   * The source alone. A job without state starts where its consumer group (the application's name)
   * stands, or else at the beginning.
   */
  @SuppressWarnings(
      "deprecation") // Kafka deprecates the enum that Flink's connector still asks for.
  public static KafkaSource<RawRecord> source(ReadSettings<?> settings) {
    KafkaSettings kafka = settings.kafka();
    var builder =
        KafkaSource.<RawRecord>builder()
            .setTopics(settings.names())
            .setGroupId(kafka.application())
            .setClientIdPrefix(kafka.application() + "-" + settings.uid())
            .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
            .setDeserializer(new RawRecordDeserializer());
    kafka.clientConfig().forEach((key, value) -> builder.setProperty(key, value.toString()));
    // A fetch that waits for data on other partitions delays a resumed one by at most this. Each
    // fetch that comes back empty costs the broker and us half a millisecond.
    builder.setProperty(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "200");
    // Nor is a partition asked for while some of what came from it waits here for the next poll.
    builder.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    return builder.build();
  }

  /**
   * An at-least-once sink. Publishes the record's schema before its first record.
   *
   * @param topic a constant of {@code Topics}, without the cell's prefix
   */
  public static <T extends SpecificRecordBase> KafkaSink<T> sink(
      KafkaSettings kafka, Class<T> type, String topic, KeyOf<T> key, TimestampOf<T> timestamp) {
    return sink(ProducerSettings.patient(kafka), type, topic, key, timestamp);
  }

  /**
   * As {@link #sink(KafkaSettings, Class, String, KeyOf, TimestampOf)}, with a producer of other
   * settings.
   */
  public static <T extends SpecificRecordBase> KafkaSink<T> sink(
      ProducerSettings producer,
      Class<T> type,
      String topic,
      KeyOf<T> key,
      TimestampOf<T> timestamp) {
    return sink(
        producer,
        new RecordSerializer<>(
            producer.kafka(), type, topic, record -> utf8(key.apply(record)), timestamp));
  }

  /**
   * A sink for what could not be processed, keyed and timed as the original.
   *
   * @param topic the topic it came from, a constant of {@code Topics}
   */
  public static KafkaSink<RecordRejected> rejectedSink(KafkaSettings kafka, String topic) {
    return sink(
        ProducerSettings.patient(kafka),
        new RecordSerializer<>(
            kafka,
            RecordRejected.class,
            KafkaSettings.rejectedName(topic),
            record -> bytes(record.getKey()),
            RecordRejected::getRecordedAt));
  }

  /**
   * What a job's outputs hold for a way out: adds the sink to the stream it is given.
   *
   * @param uid of the sink operator, kebab-case
   */
  public static <T extends SpecificRecordBase> Consumer<DataStream<T>> writer(
      KafkaSink<T> sink, String uid) {
    return stream -> stream.sinkTo(sink).uid(uid).name(uid);
  }

  private static <T extends SpecificRecordBase> KafkaSink<T> sink(
      ProducerSettings producer, RecordSerializer<T> serializer) {
    return KafkaSink.<T>builder()
        .setBootstrapServers(producer.kafka().bootstrapServers())
        .setKafkaProducerConfig(producer.properties())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(serializer)
        .build();
  }

  private static byte[] utf8(String key) {
    return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer key) {
    if (key == null) {
      return null;
    }
    byte[] copy = new byte[key.remaining()];
    key.duplicate().get(copy);
    return copy;
  }
}
