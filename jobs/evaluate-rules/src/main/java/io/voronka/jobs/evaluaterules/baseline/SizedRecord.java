package io.voronka.jobs.evaluaterules.baseline;

/**
 * A record of a given size on its way out.
 *
 * @param timestamp epoch milliseconds
 */
public record SizedRecord(String key, byte[] value, long timestamp) {}
