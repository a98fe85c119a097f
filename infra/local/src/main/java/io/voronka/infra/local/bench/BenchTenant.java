package io.voronka.infra.local.bench;

import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.TenantRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Control rows of a tenant with one CRM account, for benchmarks that write their events. */
public record BenchTenant(String id) {
  /** The account of every such tenant. */
  public static final String ACCOUNT = "kommo-1";

  /** The one that is measured. */
  public static final BenchTenant MEASURED = new BenchTenant("bench");

  /** The tenant and its account. */
  public List<ControlChange> rows() {
    return List.of(
        ControlWriter.row(ControlTable.TENANTS)
            .setTenant(
                TenantRow.newBuilder()
                    .setTenantId(id)
                    .setName("Benchmark")
                    .setTimeZone("UTC")
                    .setLocale("en")
                    .build())
            .build(),
        ControlWriter.row(ControlTable.ACCOUNTS)
            .setAccount(
                AccountRow.newBuilder()
                    .setTenantId(id)
                    .setAccountId(ACCOUNT)
                    .setCrm("kommo")
                    .setSubdomain(id)
                    .setVendorAccountId("31337001")
                    .setWebhookTokenSha256("0".repeat(64))
                    .setApiBaseUrl("http://127.0.0.1:1")
                    .setTokenReference("store")
                    .build())
            .build());
  }

  /**
   * A rule set and its members, all of the same version.
   *
   * @param definitions JSON by rule id
   * @param effectiveAt epoch milliseconds
   */
  public List<ControlChange> ruleSet(
      long version, Map<String, String> definitions, long effectiveAt) {
    List<ControlChange> rows = new ArrayList<>();
    List<RuleRef> members = new ArrayList<>();
    definitions.forEach(
        (rule, definition) -> {
          members.add(new RuleRef(rule, version));
          rows.add(
              ControlWriter.row(ControlTable.RULES)
                  .setRule(new RuleRow(id, rule, version, rule, definition))
                  .build());
        });
    rows.add(
        ControlWriter.row(ControlTable.RULE_SETS)
            .setRuleSet(new RuleSetRow(id, version, members, effectiveAt))
            .build());
    return rows;
  }

  /** The tenant, its account, and its first rule set. */
  public List<ControlChange> with(Map<String, String> definitions, long effectiveAt) {
    List<ControlChange> rows = new ArrayList<>(rows());
    rows.addAll(ruleSet(1, definitions, effectiveAt));
    return rows;
  }

  /**
   * The tenant, its account, and the first version of a sequence.
   *
   * @param definition JSON
   * @param effectiveAt epoch milliseconds
   */
  public List<ControlChange> withSequence(String sequence, String definition, long effectiveAt) {
    List<ControlChange> rows = new ArrayList<>(rows());
    rows.add(
        ControlWriter.row(ControlTable.SEQUENCES)
            .setSequence(new SequenceRow(id, sequence, 1L, sequence, definition, effectiveAt))
            .build());
    return rows;
  }
}
