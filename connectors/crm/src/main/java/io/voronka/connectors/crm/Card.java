package io.voronka.connectors.crm;

import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A lead, contact or company as it stands now, named as its webhooks name it, so that both tell of
 * the same fields.
 *
 * @param updatedAt vendor's time of the last change, whole seconds
 * @param updatedBy who made it; "0" is a robot; null when the vendor does not say
 * @param fields standard fields as text, under the names that webhooks use; empty ones are absent
 * @param customFields filled ones; a flag is 1 or 0, a date is seconds since 1970
 * @param links neighbours: of a lead its contacts, the main one first, and its company; of the
 *     others their leads and, of a contact, its company
 */
public record Card(
    EntityType type,
    String id,
    Instant updatedAt,
    String updatedBy,
    Map<String, String> fields,
    List<CustomField> customFields,
    List<Tag> tags,
    List<EntityRef> links) {
  public Card {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(updatedAt, "updatedAt");
    fields = Map.copyOf(fields);
    customFields = List.copyOf(customFields);
    tags = List.copyOf(tags);
    links = List.copyOf(links);
  }
}
