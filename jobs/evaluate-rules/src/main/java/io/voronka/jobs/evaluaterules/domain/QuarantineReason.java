package io.voronka.jobs.evaluaterules.domain;

/** Why a rule of a set is left out of it. */
public enum QuarantineReason {
  /** The definition is not valid: an editor wrote it past the checks. */
  INVALID_DEFINITION,
  /** The definition says another id than its row. */
  OTHER_ID,
  /** The definition is valid, but could not be made ready to run. */
  NOT_COMPILED,
  /** It took more steps on one event than a rule may. */
  OVER_BUDGET
}
