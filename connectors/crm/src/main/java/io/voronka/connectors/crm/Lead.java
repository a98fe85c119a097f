package io.voronka.connectors.crm;

import io.voronka.schemas.CustomField;
import io.voronka.schemas.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A lead as it stands now.
 *
 * @param fields standard fields as text under the vendor's names; empty ones are absent
 * @param updatedAt whole seconds; null when the vendor does not say
 * @param contactIds the main contact first
 */
public record Lead(
    String id,
    String statusId,
    String pipelineId,
    Map<String, String> fields,
    List<CustomField> customFields,
    List<Tag> tags,
    List<String> contactIds,
    Instant updatedAt) {}
