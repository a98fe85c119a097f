package io.voronka.infra.sandbox.kommo.model;

/**
 * A channel of the chats API that is connected to the account.
 *
 * @param scopeId channel id, underscore, the account's chats id
 * @param secret in clear: both sides sign with it
 * @param botId who may speak in it besides people
 */
public record ChatChannel(String scopeId, String secret, String botId) {}
