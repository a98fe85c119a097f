package io.voronka.gateway.accounts;

import io.voronka.connectors.kafka.control.ControlListener;
import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordRejected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accounts as the control topics have them, from the first whole snapshot on; before that, as
 * the copy on disk has them. Each whole state is copied to disk, at most once a second, so that
 * tokens are known at the next start even when Kafka is away.
 */
public final class ControlAccounts implements AccountDirectory, ControlListener, AutoCloseable {
  /** What must be whole before a token can be called unknown. */
  public static final Set<ControlTable> NEEDED =
      EnumSet.of(ControlTable.TENANTS, ControlTable.ACCOUNTS);

  private static final Logger LOG = LoggerFactory.getLogger(ControlAccounts.class);

  private final AccountsFile file;
  private final Runnable onRejected;
  private final AtomicReference<List<ControlChange>> unsaved = new AtomicReference<>();
  private final ScheduledExecutorService saver;
  private volatile AccountTable table;

  private ControlAccounts(AccountsFile file, AccountTable table, Runnable onRejected) {
    this.file = file;
    this.table = table;
    this.onRejected = onRejected;
    this.saver =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "accounts-saver");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts with the copy on disk, if there is one that can be read.
   *
   * @param onRejected called for each control record that cannot be decoded
   */
  public static ControlAccounts open(Path copy, Runnable onRejected) {
    AccountsFile file = new AccountsFile(copy);
    AccountTable table = AccountTable.EMPTY;
    try {
      Optional<ControlSnapshot> saved = file.read(NEEDED);
      if (saved.isPresent()) {
        table = AccountTable.of(saved.get(), AccountTable.Origin.DISK_COPY);
        LOG.info("{} accounts known from {}", table.byTokenSha256().size(), copy);
      }
    } catch (IOException e) {
      LOG.error("the copy of the control rows {} cannot be used: {}", copy, e.toString());
    }
    ControlAccounts accounts = new ControlAccounts(file, table, onRejected);
    var unused = accounts.saver.scheduleWithFixedDelay(accounts::save, 1, 1, TimeUnit.SECONDS);
    return accounts;
  }

  @Override
  public AccountTable current() {
    return table;
  }

  @Override
  public void changed(ControlSnapshot snapshot, List<ControlUpdate> batch) {
    if (!snapshot.ready()) {
      return;
    }
    AccountTable.Origin before = table.origin();
    table = AccountTable.of(snapshot, AccountTable.Origin.CONTROL_TOPICS);
    if (before != AccountTable.Origin.CONTROL_TOPICS) {
      LOG.info("{} accounts known from the control topics", table.byTokenSha256().size());
    }
    List<ControlChange> rows = new ArrayList<>();
    NEEDED.forEach(needed -> rows.addAll(snapshot.rows(needed)));
    unsaved.set(rows);
  }

  @Override
  public void rejected(RecordRejected record) {
    onRejected.run();
  }

  /** Writes what is not on disk yet. */
  @Override
  public void close() {
    saver.shutdown();
    save();
  }

  private synchronized void save() {
    List<ControlChange> rows = unsaved.getAndSet(null);
    if (rows == null) {
      return;
    }
    try {
      file.write(rows);
    } catch (IOException | RuntimeException e) {
      unsaved.compareAndSet(null, rows);
      LOG.error("the control rows cannot be copied to disk", e);
    }
  }
}
