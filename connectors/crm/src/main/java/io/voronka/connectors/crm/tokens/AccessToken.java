package io.voronka.connectors.crm.tokens;

import java.time.Instant;

/**
 * A token to send.
 *
 * @param version tells a newer token of the account from an older one
 * @param goodUntil look again from then on
 */
public record AccessToken(String value, long version, Instant goodUntil) {

  /** Without the token. */
  @Override
  public String toString() {
    return "access token version " + version + " until " + goodUntil;
  }
}
