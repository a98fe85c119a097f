package io.voronka.gateway.spool;

/** The spool has reached its size limit. */
public final class SpoolFullException extends Exception {
  private static final long serialVersionUID = 1L;

  SpoolFullException(long maxBytes) {
    super("the spool holds its limit of " + maxBytes + " bytes", null, false, false);
  }
}
