package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A field of a lead got a value.
 *
 * @param field id of a custom field, or name of a standard one
 * @param value as text
 * @param by the user who wrote it; null when the vendor does not say
 */
public record PastWrite(String leadId, String field, String value, String by, Instant at) {}
