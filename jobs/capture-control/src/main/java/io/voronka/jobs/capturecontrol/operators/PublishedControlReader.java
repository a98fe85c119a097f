package io.voronka.jobs.capturecontrol.operators;

import io.voronka.jobs.capturecontrol.domain.PublishedControl;
import java.io.Serializable;

/** Reads what the control topics hold, from their beginning to their present end. */
@FunctionalInterface
public interface PublishedControlReader extends Serializable {
  PublishedControl read() throws InterruptedException;
}
