package io.voronka.infra.sandbox.kommo.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A note on an entity.
 *
 * @param noteType the v4 name: {@code common}, {@code call_in}, {@code call_out} …
 * @param params as given, for example {@code {"text": …}}
 */
public record Note(
    long id,
    String entityType,
    long entityId,
    String noteType,
    JsonNode params,
    long responsibleUserId,
    long createdBy,
    long updatedBy,
    long createdAt,
    long updatedAt) {}
