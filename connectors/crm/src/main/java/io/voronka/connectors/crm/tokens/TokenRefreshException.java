package io.voronka.connectors.crm.tokens;

import io.voronka.connectors.crm.CrmFailure;

/** The vendor gave no new pair; the failure says why, RECONNECT_NEEDED when it never will. */
public final class TokenRefreshException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient CrmFailure failure;

  public TokenRefreshException(CrmFailure failure) {
    super(failure.toString());
    this.failure = failure;
  }

  public CrmFailure failure() {
    return failure;
  }
}
