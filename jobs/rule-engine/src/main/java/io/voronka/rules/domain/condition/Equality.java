package io.voronka.rules.domain.condition;

import io.voronka.rules.domain.subject.FieldRef;

/**
 * A field of the subject has a value.
 *
 * @param value as {@link ValueType#parse} gives it
 */
public record Equality(FieldRef field, ValueType type, Object value) {}
