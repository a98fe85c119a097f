package io.voronka.connectors.kafka.streams;

import java.io.Serializable;
import java.util.function.Function;

/** The Kafka key of a record; null for none. */
@FunctionalInterface
public interface KeyOf<T> extends Function<T, String>, Serializable {}
