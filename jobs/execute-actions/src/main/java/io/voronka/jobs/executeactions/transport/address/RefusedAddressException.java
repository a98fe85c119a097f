package io.voronka.jobs.executeactions.transport.address;

import io.voronka.jobs.executeactions.domain.Reason;

/** A host is at an address that must not be called. */
public final class RefusedAddressException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  RefusedAddressException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
