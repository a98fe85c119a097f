package io.voronka.infra.sandbox.kommo.model;

/**
 * One choice of a select, or one kind (WORK, MOB …) of a phone or e-mail field.
 *
 * @param code may be null
 */
public record FieldOption(long id, String value, int sort, String code) {}
