package io.voronka.connectors.crm.kommo.webhook;

import java.util.Locale;

/** Why a body gave no event at all. */
public enum RejectionReason {
  EMPTY_BODY,
  /** More pairs than any real hook has. */
  TOO_MANY_PAIRS,
  BROKEN_JSON,
  /** The body says that it is about another CRM account than the one whose token it came with. */
  ACCOUNT_MISMATCH,
  /** A signed request without its parts. */
  MISSING_PARAMETER,
  /** A signed request of an integration whose secret we were not given. */
  UNKNOWN_CLIENT,
  /** A signature that is not the integration's: not from the vendor, or an old secret. */
  BAD_SIGNATURE,
  /** Nothing in it could be read as an event; the parts say why. */
  NOTHING_UNDERSTOOD;

  /** As in records and metrics: lower case with dashes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
