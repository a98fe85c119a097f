package io.voronka.infra.local.bench;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.TenantRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The one tenant, with one account, of a benchmark that writes its events itself. */
public final class BenchTenant {
  public static final String TENANT = "bench";
  public static final String ACCOUNT = "kommo-1";
  private static final long VERSION = 1;

  private BenchTenant() {}

  /**
   * The tenant, its account, and its one rule set.
   *
   * @param rules definitions as JSON by id
   * @param effectiveAt of the set, epoch milliseconds
   */
  public static List<ControlChange> rows(Map<String, String> rules, long effectiveAt) {
    List<ControlChange> rows = new ArrayList<>();
    rows.add(
        ControlWriter.row(ControlTable.TENANTS)
            .setTenant(
                TenantRow.newBuilder()
                    .setTenantId(TENANT)
                    .setName("Benchmark")
                    .setTimeZone("UTC")
                    .setLocale("en")
                    .build())
            .build());
    rows.add(
        ControlWriter.row(ControlTable.ACCOUNTS)
            .setAccount(
                AccountRow.newBuilder()
                    .setTenantId(TENANT)
                    .setAccountId(ACCOUNT)
                    .setCrm("kommo")
                    .setSubdomain("acme")
                    .setVendorAccountId("31337001")
                    .setWebhookTokenSha256("0".repeat(64))
                    .setApiBaseUrl("http://127.0.0.1:1")
                    .setTokenReference("store")
                    .build())
            .build());
    List<RuleRef> members = new ArrayList<>();
    rules.forEach(
        (id, definition) -> {
          members.add(new RuleRef(id, VERSION));
          rows.add(
              ControlWriter.row(ControlTable.RULES)
                  .setRule(new RuleRow(TENANT, id, VERSION, id, definition))
                  .build());
        });
    rows.add(
        ControlWriter.row(ControlTable.RULE_SETS)
            .setRuleSet(new RuleSetRow(TENANT, VERSION, members, effectiveAt))
            .build());
    return rows;
  }
}
