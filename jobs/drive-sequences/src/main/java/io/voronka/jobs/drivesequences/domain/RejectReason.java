package io.voronka.jobs.drivesequences.domain;

/** Why a record is not driven by. */
public enum RejectReason {
  /** A tombstone, where only records are expected. */
  NO_VALUE,
  /** The bytes are no such record. */
  MALFORMED,
  /** The record is of a kind that this build does not know. */
  UNKNOWN_KIND,
  /** The record's key is not the subject that it is about. */
  OTHER_SUBJECT
}
