package io.voronka.infra.local.connect;

/** An account cannot be connected. The message says what to do and holds no secrets. */
public final class ConnectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  ConnectException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why not. */
  public enum Reason {
    /** The control tables have no such account. */
    NO_SUCH_ACCOUNT,
    /** The account's token reference is not the token store. */
    TOKENS_ELSEWHERE,
    /** The account was never connected, so there is nothing to work with. */
    NOT_CONNECTED,
    /** The webhook token is not where its reference says, or not the one of the control row. */
    WEBHOOK_TOKEN,
    /** The person who was asked said no. */
    DENIED,
    /** The redirect is not the answer to our question. */
    FOREIGN_REDIRECT,
    /** The secret would be sent to somebody else than the vendor. */
    UNTRUSTED_HOST,
    /** No tokens for the code. */
    CODE_REFUSED,
    /** The code opens another account than the control row's. */
    OTHER_ACCOUNT,
    /** The vendor does not take the webhook's address. */
    HOOK_REFUSED
  }
}
