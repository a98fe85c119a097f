package io.voronka.infra.local.imports;

import io.voronka.schemas.CrmEvent;
import java.util.List;

/** Where the events of an import go. */
@FunctionalInterface
interface EventSink {
  /**
   * Returns when all of them are safe.
   *
   * @throws ImportException when they are not; some may be all the same
   */
  void publish(List<CrmEvent> events);
}
