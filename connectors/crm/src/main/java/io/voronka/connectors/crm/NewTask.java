package io.voronka.connectors.crm;

import io.voronka.schemas.EntityType;
import java.time.Instant;
import java.util.Objects;

/**
 * A task to make.
 *
 * @param type what it hangs on: lead, contact, company or customer
 * @param completeTill deadline, whole seconds
 * @param taskTypeId null: the vendor's usual one
 * @param responsibleUserId null: the vendor's choice
 */
public record NewTask(
    EntityType type,
    String entityId,
    String text,
    Instant completeTill,
    String taskTypeId,
    String responsibleUserId) {
  public NewTask {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(entityId, "entityId");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(completeTill, "completeTill");
  }
}
