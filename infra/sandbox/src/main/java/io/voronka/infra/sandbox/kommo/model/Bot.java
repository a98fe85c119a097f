package io.voronka.infra.sandbox.kommo.model;

/**
 * A Salesbot.
 *
 * @param message what it says in the lead's talk when run; may hold {@code {{lead.name}}} and
 *     {@code {{lead.cf.<field id>}}}; null or empty says nothing
 */
public record Bot(long id, String name, String message) {}
