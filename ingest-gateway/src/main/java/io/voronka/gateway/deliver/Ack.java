package io.voronka.gateway.deliver;

/**
 * Hears about records that were sent, once for each. May be called by any thread; must not block.
 */
@FunctionalInterface
public interface Ack {

  /**
   * @param failure null when the log has the record
   */
  void completed(Exception failure);
}
