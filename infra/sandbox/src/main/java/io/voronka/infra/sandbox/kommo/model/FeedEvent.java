package io.voronka.infra.sandbox.kommo.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A line of the audit feed ({@code GET /api/v4/events}).
 *
 * @param entityType singular: {@code lead}, {@code contact}, {@code task}
 */
public record FeedEvent(
    long number,
    String type,
    String entityType,
    long entityId,
    long createdBy,
    long createdAt,
    JsonNode before,
    JsonNode after) {}
