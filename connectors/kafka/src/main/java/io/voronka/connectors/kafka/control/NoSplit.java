package io.voronka.connectors.kafka.control;

import org.apache.flink.api.connector.source.SourceSplit;

/** There is none: the one reader reads everything, from the beginning, at each start. */
final class NoSplit implements SourceSplit {
  @Override
  public String splitId() {
    return "none";
  }
}
