package io.voronka.gateway.spool;

/**
 * One durable entry, as read back.
 *
 * @param receivedAt epoch milliseconds, as given at {@link Spool#append}
 */
public record SpoolEntry(long receivedAt, byte[] payload, SpoolPosition end) {}
