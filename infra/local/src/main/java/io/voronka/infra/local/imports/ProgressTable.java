package io.voronka.infra.local.imports;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Table {@code crm_imports}, for one account; each save is committed at once. */
final class ProgressTable {
  private final Connection connection;
  private final ImportedAccount account;

  ProgressTable(Connection connection, ImportedAccount account) {
    this.connection = connection;
    this.account = account;
  }

  ImportProgress of(ImportedKind kind) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT updated_from, began_from, published, skipped, finished_at IS NOT NULL AS finished"
                + " FROM crm_imports WHERE tenant_id = ? AND account_id = ? AND entity_type = ?")) {
      key(query, 1, kind);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return ImportProgress.NOTHING;
        }
        Long began = row.getObject("began_from", Long.class);
        return new ImportProgress(
            Instant.ofEpochSecond(row.getLong("updated_from")),
            began == null ? null : Instant.ofEpochSecond(began),
            row.getLong("published"),
            row.getLong("skipped"),
            row.getBoolean("finished"));
      }
    }
  }

  void save(ImportedKind kind, ImportProgress progress) throws SQLException {
    try (PreparedStatement write =
        connection.prepareStatement(
            "INSERT INTO crm_imports (tenant_id, account_id, entity_type, updated_from, began_from,"
                + " published, skipped, finished_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, CASE WHEN ? THEN now() END)"
                + " ON CONFLICT (tenant_id, account_id, entity_type) DO UPDATE SET"
                + " updated_from = EXCLUDED.updated_from, began_from = EXCLUDED.began_from,"
                + " published = EXCLUDED.published, skipped = EXCLUDED.skipped,"
                + " finished_at = EXCLUDED.finished_at")) {
      int next = key(write, 1, kind);
      write.setLong(next, progress.updatedFrom().getEpochSecond());
      Instant began = progress.beganFrom();
      write.setObject(next + 1, began == null ? null : began.getEpochSecond());
      write.setLong(next + 2, progress.published());
      write.setLong(next + 3, progress.skipped());
      write.setBoolean(next + 4, progress.finished());
      write.executeUpdate();
    }
  }

  /** The next import begins at the beginning. */
  void forget(ImportedKind kind) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM crm_imports WHERE tenant_id = ? AND account_id = ? AND entity_type = ?")) {
      key(delete, 1, kind);
      delete.executeUpdate();
    }
  }

  private int key(PreparedStatement statement, int from, ImportedKind kind) throws SQLException {
    statement.setString(from, account.crm().tenantId());
    statement.setString(from + 1, account.crm().accountId());
    statement.setString(from + 2, kind.word());
    return from + 3;
  }
}
