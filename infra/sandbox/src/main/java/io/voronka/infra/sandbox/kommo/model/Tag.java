package io.voronka.infra.sandbox.kommo.model;

/** A tag; one name has one id in an account. */
public record Tag(long id, String name) {}
