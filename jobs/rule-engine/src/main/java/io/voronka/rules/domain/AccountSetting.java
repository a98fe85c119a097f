package io.voronka.rules.domain;

import java.time.DateTimeException;
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

  /**
   * As the control rows have it. A zone that this JVM does not know (the database's list may be
   * newer) is read as UTC.
   */
  public static AccountSetting of(String timeZone, String integrationUserId) {
    return new AccountSetting(zone(timeZone), integrationUserId);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return UNKNOWN.zone();
    }
  }

  public AccountSetting {
    Objects.requireNonNull(zone, "zone");
  }
}
