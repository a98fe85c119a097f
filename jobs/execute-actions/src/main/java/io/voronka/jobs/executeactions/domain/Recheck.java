package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionKind;

/** What can be done about an action that may or may not have been sent: the verification table. */
public enum Recheck {
  /** Read the target: there it is, or it is sent again. */
  READ,
  /** Send it again under the same id; the receiver drops repeats by that id. */
  RESEND,
  /** Nothing can tell: never sent again. */
  GIVE_UP;

  /**
   *
   *
   * <ul>
   *   <li>stage and fields: compare with what is wanted;
   *   <li>tags: all of them there;
   *   <li>task, note: same text (task: same deadline too) on the lead, made since;
   *   <li>message: same text in the talk since;
   *   <li>webhook: repeated with the same {@code webhook-id};
   *   <li>answer of an agent: anything said in the talk since;
   *   <li>mail: what has left cannot be looked for;
   *   <li>salesbot: a run leaves no trace that could be read.
   * </ul>
   */
  public static Recheck of(ActionKind kind) {
    return switch (kind) {
      case CHANGE_STAGE, UPDATE_FIELD, CREATE_TASK, SEND_MESSAGE, AI_RESPONSE, ADD_NOTE, ADD_TAGS ->
          READ;
      case WEBHOOK -> RESEND;
      case SEND_EMAIL, RUN_SALESBOT, START_SEQUENCE, STOP_SEQUENCE, UNKNOWN -> GIVE_UP;
    };
  }

  /** Where it waits for its next attempt: a mark that a checkpoint holds stays good. */
  Phase rest() {
    return this == GIVE_UP ? Phase.ARMED : Phase.WAITING;
  }
}
