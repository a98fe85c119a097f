package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionKind;
import java.util.Optional;

/**
 * What an action says about how a lead shall be. Kommo takes that for many leads in one request.
 */
public enum LeadWrite {
  STAGE,
  FIELDS,
  TAGS;

  /** Empty: its kind changes no lead. */
  public static Optional<LeadWrite> of(ActionKind kind) {
    return switch (kind) {
      case CHANGE_STAGE -> Optional.of(STAGE);
      case UPDATE_FIELD -> Optional.of(FIELDS);
      case ADD_TAGS -> Optional.of(TAGS);
      case CREATE_TASK,
          SEND_MESSAGE,
          WEBHOOK,
          ADD_NOTE,
          RUN_SALESBOT,
          SEND_EMAIL,
          AI_RESPONSE,
          START_SEQUENCE,
          STOP_SEQUENCE,
          UNKNOWN ->
          Optional.empty();
    };
  }
}
