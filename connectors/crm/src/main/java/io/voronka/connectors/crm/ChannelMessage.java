package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * What is said to a client in a channel of our own.
 *
 * @param id ours: the same one each time it is sent, by which it is found again
 * @param chatId the vendor's id of the chat
 * @param clientId whom it is for
 * @param at when it was said; the vendor has milliseconds
 */
public record ChannelMessage(String id, String chatId, String clientId, String text, Instant at) {}
