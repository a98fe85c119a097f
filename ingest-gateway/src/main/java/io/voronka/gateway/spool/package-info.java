/**
 * The disk queue that stands in for Kafka while it is away: append-only segment files, checksummed
 * entries, fsync before anybody is told. Knows bytes, not what they mean.
 */
package io.voronka.gateway.spool;
