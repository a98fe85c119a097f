package io.voronka.gateway.spool;

import java.util.OptionalLong;

/**
 * How full a spool is.
 *
 * @param entries in it, those included that are being written
 * @param bytes that count towards the limit
 * @param damagedBytes found at the start
 * @param oldestReceivedAt when the oldest entry was received, epoch milliseconds; empty when there
 *     is none
 */
public record SpoolState(
    long entries, long bytes, long damagedBytes, OptionalLong oldestReceivedAt) {}
