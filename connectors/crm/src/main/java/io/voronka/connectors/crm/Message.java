package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A message of a talk.
 *
 * @param outgoing true when it went to the client
 */
public record Message(String id, String text, boolean outgoing, Instant createdAt) {}
