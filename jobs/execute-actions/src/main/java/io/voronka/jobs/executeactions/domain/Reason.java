package io.voronka.jobs.executeactions.domain;

import java.util.Locale;

/** Why an action did not simply succeed. Published as {@link #text()}. */
public enum Reason {
  // Before it is sent
  KIND_UNKNOWN,
  PAYLOAD_MISSING,
  TENANT_UNKNOWN,
  TENANT_INACTIVE,
  ACCOUNT_UNKNOWN,
  ACCOUNT_INACTIVE,
  NOT_AFTER_PASSED,
  SIGNING_KEY_UNKNOWN,
  BODY_TOO_LARGE,
  // Where it must not go
  URL_INVALID,
  SCHEME_NOT_ALLOWED,
  USER_INFO_NOT_ALLOWED,
  HOST_FORM_NOT_ALLOWED,
  ADDRESS_UNSPECIFIED,
  ADDRESS_LOOPBACK,
  ADDRESS_LINK_LOCAL,
  ADDRESS_METADATA,
  ADDRESS_PRIVATE,
  ADDRESS_OF_CARRIER,
  ADDRESS_MULTICAST,
  ADDRESS_TRANSLATED,
  ADDRESS_RESERVED,
  // What the other side said
  BAD_REQUEST,
  UNAUTHORIZED,
  PAYMENT_REQUIRED,
  FORBIDDEN,
  NOT_FOUND,
  UNPROCESSABLE,
  REDIRECTED,
  RATE_LIMITED,
  SERVER_ERROR,
  UNEXPECTED_ANSWER,
  // What the network did
  HOST_UNKNOWN,
  CONNECTION_REFUSED,
  CONNECTION_LOST,
  TIMED_OUT,
  // What we lack
  CREDENTIALS_MISSING,
  CREDENTIALS_INVALID,
  TALK_UNKNOWN,
  INTERNAL_ERROR,
  // What cannot be known
  RESTARTED_WHILE_SENDING,
  NOT_READABLE;

  /** Lower case with dashes. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
