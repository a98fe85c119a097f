package io.voronka.connectors.kafka.streams;

import java.io.Serializable;

/**
 * Which records of a topic a job has a use for, told by their bytes. The others are passed over
 * undecoded, whatever they hold.
 */
@FunctionalInterface
public interface Wanted extends Serializable {
  /**
   * Must be true of everything that cannot be told, so that it is decoded, and rejected if need be.
   *
   * @param value of a record, not null
   */
  boolean test(byte[] value);
}
