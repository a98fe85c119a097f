package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionRequested;
import java.util.Optional;

/**
 * Whether a request can be carried out at all: its kind is known and the field of its kind is set.
 */
public final class RequestCheck {
  private RequestCheck() {}

  public static Optional<Reason> problemOf(ActionRequested request) {
    Object payload =
        switch (request.getKind()) {
          case CHANGE_STAGE -> request.getChangeStage();
          case UPDATE_FIELD -> request.getUpdateField();
          case CREATE_TASK -> request.getCreateTask();
          case SEND_MESSAGE -> request.getSendMessage();
          case WEBHOOK -> request.getWebhook();
          case ADD_NOTE -> request.getAddNote();
          case ADD_TAGS -> request.getAddTags();
          case RUN_SALESBOT -> request.getRunSalesbot();
          case AI_RESPONSE -> request.getAiResponse();
          case SEND_EMAIL -> request.getSendEmail();
          // These two leave the rules as commands.
          case START_SEQUENCE, STOP_SEQUENCE, UNKNOWN -> Reason.KIND_UNKNOWN;
        };
    if (payload == Reason.KIND_UNKNOWN) {
      return Optional.of(Reason.KIND_UNKNOWN);
    }
    return payload == null ? Optional.of(Reason.PAYLOAD_MISSING) : Optional.empty();
  }
}
