package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionKind;

/**
 * By which way an action leaves, as far as that decides what can be known of it afterwards. Kept in
 * state: what was sent is looked for where it was sent, whatever the account's row says by then.
 */
public enum Way {
  /** As its kind is always sent; a message into the talk, or in our own chat channel. */
  USUAL,
  /** A message that the account's salesbot says: a run leaves no trace that could be read. */
  SALESBOT;

  static Way of(ActionKind kind, AccountRow account) {
    return mayBeSaid(kind) && account.getMessageBot() != null ? SALESBOT : USUAL;
  }

  /** Whether a salesbot may say what is of this kind. */
  static boolean mayBeSaid(ActionKind kind) {
    return kind == ActionKind.SEND_MESSAGE || kind == ActionKind.AI_RESPONSE;
  }
}
