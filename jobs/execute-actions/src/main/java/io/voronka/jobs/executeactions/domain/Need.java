package io.voronka.jobs.executeactions.domain;

import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlTable;
import java.util.Optional;

/**
 * A control row, besides those of tenant and account, without which an action cannot be carried
 * out.
 *
 * @param key Kafka key of the row
 * @param missing why the action is refused when it is not there
 */
public record Need(ControlTable table, String key, Reason missing) {

  public static Optional<Need> of(ActionRequested request) {
    return switch (request.getKind()) {
      case WEBHOOK ->
          Optional.ofNullable(request.getWebhook().getSignWith())
              .map(
                  id ->
                      new Need(
                          ControlTable.SIGNING_KEYS,
                          ControlKeys.signingKey(request.getTenantId(), id),
                          Reason.SIGNING_KEY_UNKNOWN));
      case SEND_EMAIL ->
          Optional.of(
              new Need(
                  ControlTable.MAIL_SENDERS,
                  ControlKeys.mailSender(
                      request.getTenantId(), request.getSendEmail().getSenderId()),
                  Reason.MAIL_SENDER_UNKNOWN));
      case AI_RESPONSE ->
          Optional.of(
              new Need(
                  ControlTable.AGENTS,
                  ControlKeys.agent(request.getTenantId(), request.getAgentId()),
                  Reason.AGENT_UNKNOWN));
      case CHANGE_STAGE,
          UPDATE_FIELD,
          CREATE_TASK,
          SEND_MESSAGE,
          ADD_NOTE,
          ADD_TAGS,
          RUN_SALESBOT,
          START_SEQUENCE,
          STOP_SEQUENCE,
          UNKNOWN ->
          Optional.empty();
    };
  }
}
