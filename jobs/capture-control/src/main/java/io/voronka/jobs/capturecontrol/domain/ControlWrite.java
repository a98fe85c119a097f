package io.voronka.jobs.capturecontrol.domain;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;

/**
 * One record for a control topic: a stream type, hence public and flat.
 *
 * @param table says which topic
 * @param key the Kafka key
 * @param change null for a tombstone
 */
public record ControlWrite(ControlTable table, String key, ControlChange change) {

  static ControlWrite of(ControlTable table, String key, ControlChange change) {
    return new ControlWrite(table, key, change);
  }

  static ControlWrite tombstone(ControlTable table, String key) {
    return new ControlWrite(table, key, null);
  }
}
