package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A task as it stands now. Texts are null when the vendor does not send them.
 *
 * @param completeTill whole seconds, null when there is none
 */
public record Task(
    String id,
    String text,
    Instant completeTill,
    boolean completed,
    String taskTypeId,
    String responsibleUserId,
    Instant createdAt) {}
