package io.voronka.infra.local.imports;

import io.voronka.connectors.crm.CrmInventory;
import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.imports.ImportException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Imports accounts, one after the other: first the catalogue, then leads, contacts and companies.
 * One that cannot be read does not keep the others waiting. Blocks until it is done; what it did
 * stays done when it is cut short, and the next run goes on there.
 */
public final class AccountImport {
  private final Connection connection;
  private final CrmInventory crm;
  private final KafkaSettings kafka;
  private final Clock clock;
  private final ImportListener listener;

  /**
   * @param connection to the control database, in auto-commit mode; used by this import alone while
   *     it runs
   */
  public AccountImport(
      Connection connection,
      CrmInventory crm,
      KafkaSettings kafka,
      Clock clock,
      ImportListener listener) {
    this.connection = connection;
    this.crm = crm;
    this.kafka = kafka;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * The whole.
   *
   * @throws ImportException with the reason why it ended early, or why an account was left out
   */
  public void run(ImportOrder order) throws SQLException {
    List<ImportedAccount> accounts =
        ImportedAccount.of(connection, order.tenantId(), order.accountId());
    List<ImportException> failed = new ArrayList<>();
    for (ImportedAccount account : accounts) {
      try {
        locked(account, order);
      } catch (ImportException e) {
        if (accounts.size() == 1 || !e.reason().isOfTheAccount()) {
          throw e;
        }
        listener.note("%s: not imported: %s".formatted(account.key(), e.getMessage()));
        failed.add(e);
      }
    }
    if (!failed.isEmpty()) {
      throw new ImportException(
          failed.get(0).reason(),
          "%d of %d accounts could not be imported: %s"
              .formatted(
                  failed.size(),
                  accounts.size(),
                  failed.stream().map(Throwable::getMessage).collect(Collectors.joining("; "))),
          failed.get(0));
    }
  }

  private void locked(ImportedAccount account, ImportOrder order) throws SQLException {
    lock(account);
    try {
      run(account, order);
    } finally {
      unlock(account);
    }
  }

  private void run(ImportedAccount account, ImportOrder order) throws SQLException {
    int pace = Math.min(order.requestsPerSecond(), account.requestsPerSecond());
    PatientReads reads =
        new PatientReads(
            Pacer.perSecond(pace), clock, time -> Thread.sleep(time.toMillis()), listener::note);
    Catalogue catalogue = new CatalogueReading(crm, reads).read(account);
    tellUnreadable(account, catalogue);
    listener.catalogue(account.key(), new CatalogueRefresh(connection).write(account, catalogue));
    if (order.kinds().isEmpty()) {
      return;
    }
    ProgressTable table = new ProgressTable(connection, account);
    if (order.fresh()) {
      for (ImportedKind kind : order.kinds()) {
        table.forget(kind);
      }
    }
    try (KafkaEvents events = new KafkaEvents(kafka, clock)) {
      CardImport cards = new CardImport(crm, reads, events, clock, listener);
      for (ImportedKind kind : order.kinds()) {
        cards.run(account, kind, table);
      }
    }
  }

  private void tellUnreadable(ImportedAccount account, Catalogue catalogue) {
    int unreadable =
        catalogue.pipelines().unreadable()
            + catalogue.fields().unreadable()
            + catalogue.users().unreadable();
    if (unreadable > 0) {
      listener.note(
          "%s: %d pipelines, fields or users could not be read; nothing of their kind is taken for gone"
              .formatted(account.key(), unreadable));
    }
  }

  /** Held by the session, so that it goes with its process, however that ends. */
  private void lock(ImportedAccount account) throws SQLException {
    if (!ask("SELECT pg_try_advisory_lock(hashtextextended(?, 0))", account)) {
      throw new ImportException(
          Reason.RUNNING_ALREADY, "another import of " + account.key() + " is running");
    }
  }

  private void unlock(ImportedAccount account) throws SQLException {
    if (!ask("SELECT pg_advisory_unlock(hashtextextended(?, 0))", account)) {
      throw new IllegalStateException("the lock of " + account.key() + " was not held");
    }
  }

  private boolean ask(String sql, ImportedAccount account) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, "import|" + account.key());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
