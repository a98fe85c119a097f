package io.voronka.infra.sandbox.kommo.model;

/**
 * One value of a custom field.
 *
 * @param value as text; a date is epoch seconds, a checkbox {@code true} or {@code false}
 * @param enumId the chosen option, or null
 * @param enumCode the option's code, or null
 */
public record FieldValue(String value, Long enumId, String enumCode) {}
