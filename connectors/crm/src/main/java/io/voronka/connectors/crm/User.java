package io.voronka.connectors.crm;

/**
 * A person who works in an account.
 *
 * @param email null when the vendor does not say
 */
public record User(String id, String name, String email, boolean active, boolean admin) {}
