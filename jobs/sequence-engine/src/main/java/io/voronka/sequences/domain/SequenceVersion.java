package io.voronka.sequences.domain;

/**
 * One published version; never changes.
 *
 * @param effectiveAt from when on it counts, by the log's clock, epoch milliseconds
 */
public record SequenceVersion(Sequence sequence, long version, long effectiveAt) {}
