package io.voronka.jobs.executeactions.domain;

/** What one answer says about its target as a whole, beyond the action that was asked for. */
enum Health {
  /** The target is there, whatever it said. */
  ANSWERS,
  /** It cannot be reached, or fails whatever it is asked. */
  TROUBLED,
  /** Nothing: the trouble was ours, or somebody else's; or it was only read from. */
  UNTOLD;

  /** Of a failure. */
  static Health of(Reason reason) {
    return switch (reason) {
      case SERVER_ERROR,
          HOST_UNKNOWN,
          CONNECTION_REFUSED,
          CONNECTION_LOST,
          TIMED_OUT,
          TLS_FAILED,
          CREDENTIALS_MISSING ->
          TROUBLED;
      case INTERNAL_ERROR -> UNTOLD;
      default -> ANSWERS;
    };
  }
}
