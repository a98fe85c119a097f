package io.voronka.infra.local.bench.gateway;

import io.voronka.infra.local.bench.ControlWriter;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.WebhookToken;
import java.util.ArrayList;
import java.util.List;

/**
 * One tenant with some CRM accounts, as control rows.
 *
 * @param tokens of the accounts' webhooks
 * @param numbers the vendor's ids of the accounts, in the same order
 */
record Accounts(List<String> tokens, List<Long> numbers) {
  private static final String TENANT = "bench";
  private static final long FIRST_NUMBER = 31_337_001;

  /**
   * @param nonce makes the tokens what nobody can guess
   */
  static Accounts of(int count, String nonce) {
    List<String> tokens = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tokens.add(WebhookToken.sha256(nonce + i).substring(0, 48));
      numbers.add(FIRST_NUMBER + i);
    }
    return new Accounts(tokens, numbers);
  }

  List<ControlChange> rows() {
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
    for (int i = 0; i < tokens.size(); i++) {
      rows.add(
          ControlWriter.row(ControlTable.ACCOUNTS)
              .setAccount(
                  AccountRow.newBuilder()
                      .setTenantId(TENANT)
                      .setAccountId("kommo-" + (i + 1))
                      .setCrm("kommo")
                      // As in the webhooks' bodies, which are told apart by the id alone.
                      .setSubdomain("acme")
                      .setVendorAccountId(Long.toString(numbers.get(i)))
                      .setWebhookTokenSha256(WebhookToken.sha256(tokens.get(i)))
                      .setApiBaseUrl("http://127.0.0.1:1")
                      .setTokenReference("store")
                      .build())
              .build());
    }
    return rows;
  }
}
