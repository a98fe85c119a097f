package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A conversation with a contact.
 *
 * @param leadId null when it hangs on no lead
 * @param inWork true while somebody works on it
 * @param chatId of the chat behind it; null when the vendor does not say
 * @param updatedAt null when the vendor does not say
 */
public record Talk(
    String id, String contactId, String leadId, boolean inWork, String chatId, Instant updatedAt) {}
