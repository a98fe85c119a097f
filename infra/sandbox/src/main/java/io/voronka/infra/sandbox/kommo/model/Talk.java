package io.voronka.infra.sandbox.kommo.model;

/**
 * A conversation with a client.
 *
 * @param chatId UUID of the chat behind it
 * @param entityId the lead; 0 for none
 * @param origin {@code telegram}, {@code waba} …
 * @param inWork false once closed
 */
public record Talk(
    long id,
    String chatId,
    long contactId,
    long entityId,
    String origin,
    long createdAt,
    long updatedAt,
    boolean inWork,
    boolean read) {}
