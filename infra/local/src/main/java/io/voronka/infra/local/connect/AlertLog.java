package io.voronka.infra.local.connect;

import io.voronka.schemas.AlertRaised;
import java.util.function.Consumer;

/** The topic of alerts: what was said, and where more is said. Belongs to one thread. */
public interface AlertLog extends AutoCloseable {

  /**
   * Hands over what was written since the last call, by whomever; at the first call all that is
   * kept.
   *
   * @throws AlertLogException when the log cannot be read now
   */
  void readNew(Consumer<AlertRaised> to) throws AlertLogException;

  /**
   * Writes, and waits until it is safe.
   *
   * @throws AlertLogException when that is not known to be so; it may be written all the same
   */
  void write(AlertRaised alert) throws AlertLogException;

  @Override
  void close();
}
