package io.voronka.gateway.accounts;

import io.voronka.gateway.accept.KnownAccount;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.TenantRow;
import java.util.HashMap;
import java.util.Map;

/**
 * All accounts at one moment. Immutable.
 *
 * @param origin where the rows come from
 */
public record AccountTable(Map<String, KnownAccount> byTokenSha256, Origin origin) {

  /** How much a missing row means. */
  public enum Origin {
    NONE,
    /** The copy of an earlier run: accounts may be missing. */
    DISK_COPY,
    /** A whole snapshot from the control topics: a token that is not in it does not exist. */
    CONTROL_TOPICS
  }

  /** Before anything is known. */
  public static final AccountTable EMPTY = new AccountTable(Map.of(), Origin.NONE);

  /** Null when the token is in no row. */
  public KnownAccount find(String tokenSha256) {
    return byTokenSha256.get(tokenSha256);
  }

  /** True when a token that is not found is certainly unknown. */
  public boolean decisive() {
    return origin == Origin.CONTROL_TOPICS;
  }

  static AccountTable of(ControlSnapshot snapshot, Origin origin) {
    Map<String, KnownAccount> accounts = new HashMap<>();
    for (ControlChange change : snapshot.rows(ControlTable.ACCOUNTS)) {
      AccountRow row = change.getAccount();
      TenantRow tenant =
          snapshot
              .row(ControlTable.TENANTS, row.getTenantId())
              .map(ControlChange::getTenant)
              .orElse(null);
      accounts.put(
          row.getWebhookTokenSha256(),
          new KnownAccount(
              row.getTenantId(),
              row.getAccountId(),
              row.getCrm(),
              row.getSubdomain(),
              row.getVendorAccountId(),
              // An account without its tenant: the tenant's row has not come yet, or was just
              // removed.
              tenant != null && tenant.getActive(),
              row.getActive()));
    }
    return new AccountTable(Map.copyOf(accounts), origin);
  }
}
