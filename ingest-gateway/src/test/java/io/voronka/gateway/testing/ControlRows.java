package io.voronka.gateway.testing;

import io.voronka.gateway.accept.TokenHash;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The control topics as capture-control leaves them: one tenant, one Kommo account, and the
 * markers.
 */
public final class ControlRows {
  private ControlRows() {}

  /** Account 31337001 of tenant acme, of this token. */
  public static Map<ControlTable, ControlChange> acme(String token) {
    Map<ControlTable, ControlChange> rows = new LinkedHashMap<>();
    rows.put(
        ControlTable.TENANTS,
        change(ControlTable.TENANTS)
            .setTenant(
                TenantRow.newBuilder()
                    .setTenantId("acme")
                    .setName("Acme")
                    .setTimeZone("Europe/Moscow")
                    .setLocale("ru")
                    .build())
            .build());
    rows.put(
        ControlTable.ACCOUNTS,
        change(ControlTable.ACCOUNTS)
            .setAccount(
                AccountRow.newBuilder()
                    .setTenantId("acme")
                    .setAccountId("acme-kommo")
                    .setCrm("kommo")
                    .setSubdomain("acme")
                    .setVendorAccountId("31337001")
                    .setWebhookTokenSha256(new TokenHash().of(token))
                    .setApiBaseUrl("http://127.0.0.1:1")
                    .setTokenReference("env:TOKEN")
                    .build())
            .build());
    return rows;
  }

  /**
   * Writes rows and markers.
   *
   * @param write takes topic and then key with value
   */
  public static void publish(
      Map<ControlTable, ControlChange> rows, BiConsumer<String, Map.Entry<String, byte[]>> write) {
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    rows.forEach(
        (table, row) ->
            write.accept(Topics.of(table), Map.entry(ControlKeys.of(row), codec.encode(row))));
    rows.keySet()
        .forEach(
            table ->
                write.accept(
                    Topics.of(table),
                    Map.entry(
                        ControlKeys.SNAPSHOT,
                        codec.encode(
                            change(table)
                                .setOp(ControlOp.SNAPSHOT_COMPLETE)
                                .setRowCount(1)
                                .build()))));
  }

  private static ControlChange.Builder change(ControlTable table) {
    return ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(1);
  }
}
