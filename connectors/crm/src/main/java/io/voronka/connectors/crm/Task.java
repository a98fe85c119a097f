package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A task as it stands now. Texts are null when the vendor does not send them.
 *
 * @param completeTill whole seconds, null when there is none
 * @param createdBy id of the user who made it, null when the vendor does not say
 */
public record Task(
    String id,
    String text,
    Instant completeTill,
    boolean completed,
    String taskTypeId,
    String responsibleUserId,
    String createdBy,
    Instant createdAt) {}
