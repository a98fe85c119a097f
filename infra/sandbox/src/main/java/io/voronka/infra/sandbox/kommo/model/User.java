package io.voronka.infra.sandbox.kommo.model;

/** A person in the account. */
public record User(long id, String name, String email) {}
