package io.voronka.gateway.accept;

/**
 * One record on its way to the log.
 *
 * @param topic without the cell's prefix
 * @param partition null: by the key
 * @param key null: none
 * @param timestamp epoch milliseconds
 */
public record OutgoingRecord(
    String topic, Integer partition, String key, long timestamp, byte[] value) {

  public static OutgoingRecord keyed(String topic, String key, long timestamp, byte[] value) {
    return new OutgoingRecord(topic, null, key, timestamp, value);
  }

  public static OutgoingRecord toPartition(
      String topic, int partition, long timestamp, byte[] value) {
    return new OutgoingRecord(topic, partition, null, timestamp, value);
  }
}
