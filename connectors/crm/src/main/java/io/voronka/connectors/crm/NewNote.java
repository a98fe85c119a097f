package io.voronka.connectors.crm;

import io.voronka.schemas.EntityType;
import java.util.Objects;

/** A plain note to hang on a lead, contact, company or customer. */
public record NewNote(EntityType type, String entityId, String text) {
  public NewNote {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(entityId, "entityId");
    Objects.requireNonNull(text, "text");
  }
}
