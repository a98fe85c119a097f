package io.voronka.jobs.capturecontrol.decode;

/** Every way in which a captured row can fail to be a control record. */
public enum RejectReason {
  /** A table that is captured but that this build does not know. */
  UNKNOWN_TABLE,
  /** The table lacks a column: it is older or newer than this build. */
  MISSING_COLUMN,
  /** SQL NULL where there must be a value. */
  NULL_VALUE,
  /** Not the number or the boolean that it must be. */
  BAD_VALUE,
  /** A rule set's members are not a list of rule and version. */
  BAD_MEMBERS,
  /** A pipeline's stages are not a list of numbers and names. */
  BAD_STAGES,
  /** A field's choices are not a list of numbers and values. */
  BAD_CHOICES,
  /** A list of texts is none. */
  BAD_LIST
}
