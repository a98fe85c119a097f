package io.voronka.infra.sandbox.kommo.model;

/**
 * A line of a talk.
 *
 * @param id UUID
 * @param number position among all messages of the account; what the id is made from
 * @param incoming from the client, else from us
 * @param messageType {@code text picture voice …}
 * @param authorType {@code external}, {@code internal} or {@code bot}
 * @param authorUserId 0 unless a user wrote it
 * @param viaApi sent through {@code send_message}; such messages count against the quota
 * @param attachmentType null without an attachment
 * @param clientId what the channel calls it that it was said in; null for all others
 */
public record ChatMessage(
    String id,
    long number,
    long talkId,
    boolean incoming,
    String text,
    String messageType,
    String authorType,
    String authorId,
    String authorName,
    long authorUserId,
    boolean viaApi,
    long createdAt,
    String attachmentType,
    String attachmentLink,
    String attachmentFileName,
    String clientId) {}
