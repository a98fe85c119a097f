package io.voronka.jobs.executeactions.transport;

import java.io.Serializable;

/**
 * Where the rotating tokens are. Holds references, never a secret.
 *
 * @param jdbcUrl of the control database
 * @param passwordReference {@code env:NAME} or {@code file:/path}
 * @param keyReference of the key that the tokens are encrypted with: 32 bytes in Base64
 */
public record TokenStoreSettings(
    String jdbcUrl, String user, String passwordReference, String keyReference)
    implements Serializable {}
