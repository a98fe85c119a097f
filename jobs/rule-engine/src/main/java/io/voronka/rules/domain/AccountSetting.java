package io.voronka.rules.domain;

import java.time.ZoneId;
import java.util.Objects;

/**
 * What the rules have to know of the tenant and of the CRM account.
 *
 * @param zone of the tenant
 * @param integrationUserId the CRM's user under which we write; null when unknown
 */
public record AccountSetting(ZoneId zone, String integrationUserId) {
  /** Of a tenant about which nothing is known. */
  public static final AccountSetting UNKNOWN = new AccountSetting(ZoneId.of("UTC"), null);

  public AccountSetting {
    Objects.requireNonNull(zone, "zone");
  }
}
