package io.voronka.gateway.spool;

/**
 * A place between two entries.
 *
 * @param segment number of the segment, growing
 * @param salt the segment's random number: tells it from an earlier one of the same number
 * @param offset bytes from the start of the file
 */
public record SpoolPosition(long segment, long salt, long offset) {}
