package io.voronka.connectors.kafka.control;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;

/**
 * One record of a control topic, markers included.
 *
 * @param key the Kafka key
 * @param change null: a tombstone
 */
public record ControlUpdate(ControlTable table, String key, ControlChange change) {

  public void applyTo(ControlSnapshot snapshot) {
    snapshot.apply(table, key, change);
  }
}
