package io.voronka.connectors.crm;

import java.time.Instant;

/**
 * A note as it stands now.
 *
 * @param noteType {@code common}, {@code call_in} ...
 * @param text null for notes that are no text
 */
public record Note(String id, String noteType, String text, Instant createdAt) {}
