package io.voronka.connectors.kafka.streams;

import io.voronka.schemas.RecordRejected;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What came out of a topic.
 *
 * @param records the readable ones; their timestamps are Kafka's
 * @param rejected the others with their bytes, for {@link KafkaRecords#rejectedSink}
 */
public record Decoded<T>(DataStream<T> records, DataStream<RecordRejected> rejected) {}
