package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A note as it stands now.
 *
 * @param noteType {@code common}, {@code call_in} ...
 * @param text null for notes that are no text
 * @param createdBy id of the user who wrote it, null when the vendor does not say
 */
public record Note(String id, String noteType, String text, String createdBy, Instant createdAt) {}
