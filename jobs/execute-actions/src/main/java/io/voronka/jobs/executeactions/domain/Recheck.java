package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionKind;

/**
 * What is done about an action that may or may not have been sent: its answer was lost, or the job
 * died while it was under way. {@link #of} is the table, one row per kind.
 */
public enum Recheck {
  /** Read the target: there it is, or it is sent again. Not readable: unknown. */
  READ,
  /** Send it again under the same id; the receiver drops repeats by that id. */
  RESEND,
  /**
   * Nothing at the target can tell: the journal of sends does. Begun and not answered: unknown,
   * never sent again.
   */
  JOURNAL;

  /** Of a kind that leaves by this way: what a salesbot says is known no better than its runs. */
  public static Recheck of(ActionKind kind, Way way) {
    return way == Way.SALESBOT ? JOURNAL : of(kind);
  }

  /** The row of a kind. */
  public static Recheck of(ActionKind kind) {
    return switch (kind) {
      // Is the lead at the stage that is wanted?
      case CHANGE_STAGE -> READ;
      // Have the lead's fields the values that are wanted?
      case UPDATE_FIELD -> READ;
      // Are all of the tags there?
      case ADD_TAGS -> READ;
      // A task of the lead, contact or company with the same text, deadline and author, made since.
      case CREATE_TASK -> READ;
      // A note of the lead, contact or company with the same text and author, made since.
      case ADD_NOTE -> READ;
      // Something outgoing in the talk with the same text, said since.
      case SEND_MESSAGE -> READ;
      // Anything outgoing in the talk since, by whomever: the client has been answered.
      case AI_RESPONSE -> READ;
      // webhook-id of Standard Webhooks is the action's id at every attempt.
      case WEBHOOK -> RESEND;
      // What has left cannot be looked for.
      case SEND_EMAIL -> JOURNAL;
      // A run leaves no trace that could be read.
      case RUN_SALESBOT -> JOURNAL;
      // Never gets here: evaluate-rules asks for sequences by commands.
      case START_SEQUENCE, STOP_SEQUENCE, UNKNOWN -> JOURNAL;
    };
  }

  /** Whether an action of this kind may have left by a way of which only the journal can tell. */
  static boolean mayBeInJournal(ActionKind kind) {
    return of(kind) == JOURNAL || Way.mayBeSaid(kind);
  }

  /**
   * True for kinds that add something each time, so that a trace found by reading can be that of
   * another action with the same text. Of them each trace counts for one action.
   */
  public static boolean claimsItsTrace(ActionKind kind) {
    return kind == ActionKind.CREATE_TASK
        || kind == ActionKind.ADD_NOTE
        || kind == ActionKind.SEND_MESSAGE;
  }
}
