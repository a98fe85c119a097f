package io.voronka.jobs.kit.events.domain;

/** Why a record of crm.events is no event. */
public enum RejectReason {
  /** A tombstone, where only events are expected. */
  NO_VALUE,
  /** The bytes are no event. */
  MALFORMED,
  /** The event is of a kind that this build does not know. */
  UNKNOWN_KIND,
  /** The record's key is not the subject that its event is about. */
  OTHER_SUBJECT
}
