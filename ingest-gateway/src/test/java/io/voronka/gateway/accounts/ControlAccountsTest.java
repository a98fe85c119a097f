package io.voronka.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.gateway.accept.TokenHash;
import io.voronka.gateway.accounts.AccountTable.Origin;
import io.voronka.gateway.testing.ControlRows;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlAccountsTest {
  private static final String TOKEN = "t0ken";
  private static final String HASH = new TokenHash().of(TOKEN);

  @TempDir Path folder;
  private final ControlSnapshot snapshot = new ControlSnapshot(ControlAccounts.NEEDED);
  private final Map<ControlTable, ControlChange> rows = ControlRows.acme(TOKEN);

  @Test
  void judgesNothingBeforeTheSnapshotIsWhole() {
    try (ControlAccounts accounts = open()) {
      assertThat(accounts.current().origin()).isEqualTo(Origin.NONE);
      rows.forEach((table, row) -> apply(accounts, table, ControlKeys.of(row), row));
      assertThat(accounts.current().find(HASH)).isNull();
      assertThat(accounts.current().decisive()).isFalse();

      complete(accounts);

      assertThat(accounts.current().decisive()).isTrue();
      assertThat(accounts.current().find(HASH).accountId()).isEqualTo("acme-kommo");
      assertThat(accounts.current().find(HASH).vendorAccountId()).isEqualTo("31337001");
      assertThat(accounts.current().find(HASH).tenantActive()).isTrue();
    }
  }

  @Test
  void followsChangesAndRemovals() {
    try (ControlAccounts accounts = open()) {
      load(accounts);
      rows.get(ControlTable.TENANTS).getTenant();
      apply(accounts, ControlTable.TENANTS, "acme", null);
      assertThat(accounts.current().find(HASH).tenantActive())
          .as("a tenant that is gone")
          .isFalse();
      apply(accounts, ControlTable.ACCOUNTS, "acme|acme-kommo", null);
      assertThat(accounts.current().find(HASH)).isNull();
    }
  }

  @Test
  void remembersItsTokensOverARestart() {
    try (ControlAccounts accounts = open()) {
      load(accounts);
    }
    try (ControlAccounts accounts = open()) {
      assertThat(accounts.current().origin()).isEqualTo(Origin.DISK_COPY);
      assertThat(accounts.current().find(HASH).tenantId()).isEqualTo("acme");
      assertThat(accounts.current().decisive()).as("a new account may be missing").isFalse();
    }
  }

  @Test
  void doesNotTrustADamagedCopy() throws Exception {
    try (ControlAccounts accounts = open()) {
      load(accounts);
    }
    Path copy = folder.resolve("accounts");
    byte[] good = Files.readAllBytes(copy);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      Files.write(copy, bad);
      try (ControlAccounts accounts = open()) {
        assertThat(accounts.current().origin()).as("byte %d", at).isEqualTo(Origin.NONE);
      }
    }
  }

  private ControlAccounts open() {
    return ControlAccounts.open(folder.resolve("accounts"), () -> {});
  }

  private void load(ControlAccounts accounts) {
    rows.forEach((table, row) -> apply(accounts, table, ControlKeys.of(row), row));
    complete(accounts);
  }

  private void complete(ControlAccounts accounts) {
    for (ControlTable table : ControlAccounts.NEEDED) {
      apply(
          accounts,
          table,
          ControlKeys.SNAPSHOT,
          ControlChange.newBuilder()
              .setTable(table)
              .setOp(ControlOp.SNAPSHOT_COMPLETE)
              .setGeneration(1)
              .setRowCount(1)
              .build());
    }
  }

  private void apply(
      ControlAccounts accounts, ControlTable table, String key, ControlChange change) {
    ControlUpdate update = new ControlUpdate(table, key, change);
    update.applyTo(snapshot);
    accounts.changed(snapshot, List.of(update));
  }
}
