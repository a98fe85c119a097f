package io.voronka.infra.local.connect;

import io.voronka.connectors.crm.kommo.rest.AuthorizationRedirect;
import io.voronka.infra.local.connect.ConnectException.Reason;
import java.util.Objects;

/**
 * A person's yes.
 *
 * @param code good for one exchange within 20 minutes
 * @param referer host of the account as the redirect names it; null when only the code is known
 * @param state as it came back; null when only the code is known
 */
public record Approval(String code, String referer, String state) {
  public Approval {
    Objects.requireNonNull(code, "code");
  }

  /** A code that was copied out of the redirect by hand. */
  public static Approval ofCode(String code) {
    return new Approval(code, null, null);
  }

  /**
   * The whole address that the browser was sent to.
   *
   * @throws ConnectException DENIED when the person said no, FOREIGN_REDIRECT when it is no answer
   */
  public static Approval ofRedirect(String address) throws ConnectException {
    AuthorizationRedirect redirect;
    try {
      redirect = AuthorizationRedirect.parse(address);
    } catch (IllegalArgumentException e) {
      throw new ConnectException(Reason.FOREIGN_REDIRECT, e.getMessage());
    }
    if (redirect.error() != null) {
      throw new ConnectException(
          Reason.DENIED, "the account's administrator did not agree: " + redirect.error());
    }
    if (redirect.code() == null || redirect.state() == null || redirect.referer() == null) {
      throw new ConnectException(
          Reason.FOREIGN_REDIRECT, "the redirect needs code, state and referer");
    }
    return new Approval(redirect.code(), redirect.referer(), redirect.state());
  }

  /** Without the code. */
  @Override
  public String toString() {
    return "approval from " + referer;
  }
}
