package io.voronka.infra.sandbox.kommo.model;

/**
 * A task. Times are epoch seconds.
 *
 * @param entityType {@code leads}, {@code contacts}, {@code companies}, {@code customers}
 * @param result what was written on closing, or null
 */
public record Task(
    long id,
    String text,
    long completeTill,
    String entityType,
    long entityId,
    long taskTypeId,
    long responsibleUserId,
    long duration,
    long createdBy,
    long updatedBy,
    long createdAt,
    long updatedAt,
    boolean completed,
    String result,
    boolean deleted) {}
