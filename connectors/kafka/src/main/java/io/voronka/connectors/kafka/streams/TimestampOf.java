package io.voronka.connectors.kafka.streams;

import java.io.Serializable;
import java.util.function.ToLongFunction;

/** The Kafka timestamp of a record, epoch milliseconds: the publisher's injected clock. */
@FunctionalInterface
public interface TimestampOf<T> extends ToLongFunction<T>, Serializable {}
