package io.voronka.gateway.spool;

import java.io.IOException;

/** Hears what became of an appended entry. Called on the spool's thread; must not block. */
@FunctionalInterface
public interface Commit {

  /**
   * @param failure null when the entry is durable; otherwise it is not in the spool
   */
  void done(IOException failure);
}
