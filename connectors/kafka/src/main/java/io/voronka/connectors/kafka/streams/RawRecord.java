package io.voronka.connectors.kafka.streams;

/**
 * A Kafka record as it came.
 *
 * @param timestamp epoch milliseconds
 * @param key null: none
 * @param value null: a tombstone
 */
public record RawRecord(
    String topic, int partition, long offset, long timestamp, byte[] key, byte[] value) {}
