package io.voronka.connectors.changecapture;

import org.apache.flink.api.connector.source.SourceEvent;

/** A reader says that it cannot go on from where it was: the tables have to be read anew. */
record PositionLost() implements SourceEvent {
  private static final long serialVersionUID = 1L;
}
