package io.voronka.jobs.executeactions.transport;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in table {@code sends_begun} of the control database. One thread with one connection
 * writes all that waits in one statement, so that many pay for one commit.
 */
final class JdbcSendJournal implements SendJournal {
  private static final String BEGIN =
      "INSERT INTO sends_begun (action_id, attempt) SELECT * FROM unnest(?::text[], ?::integer[])"
          + " ON CONFLICT DO NOTHING RETURNING action_id, attempt";

  private static final String LATEST =
      "SELECT action_id, max(attempt) FROM sends_begun WHERE action_id = ANY(?) GROUP BY action_id";

  /** Longer than an outcome is remembered, and a checkpoint kept that could ask. */
  private static final String FORGET =
      "DELETE FROM sends_begun WHERE begun_at < now() - interval '35 days'";

  private static final Logger LOG = LoggerFactory.getLogger(JdbcSendJournal.class);
  private static final int MOST_AT_ONCE = 500;
  private static final int ANSWER_SECONDS = 10;
  private static final long FORGET_EVERY_NANOS = TimeUnit.HOURS.toNanos(6);

  private final DataSource database;
  private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;
  private Connection connection;
  private long forgottenAt = System.nanoTime() - FORGET_EVERY_NANOS;

  private JdbcSendJournal(DataSource database) {
    this.database = database;
    this.thread = new DaemonThreads("send-journal-").newThread(this::run);
  }

  /** Connects when there is something to remember. */
  static JdbcSendJournal start(DataSource database) {
    JdbcSendJournal journal = new JdbcSendJournal(database);
    journal.thread.start();
    return journal;
  }

  private record Attempt(String actionId, int number) {}

  private record Entry(Attempt attempt, boolean begins, CompletableFuture<Boolean> answer) {}

  @Override
  public CompletionStage<Boolean> begin(String actionId, int attempt) {
    return add(new Entry(new Attempt(actionId, attempt), true, new CompletableFuture<>()));
  }

  @Override
  public CompletionStage<Boolean> begun(String actionId, int attempt) {
    return add(new Entry(new Attempt(actionId, attempt), false, new CompletableFuture<>()));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(ANSWER_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletionStage<Boolean> add(Entry entry) {
    waiting.add(entry);
    if (closed) {
      refuse(waiting);
    }
    return entry.answer();
  }

  private void run() {
    List<Entry> batch = new ArrayList<>();
    try {
      while (!closed) {
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
        settle(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      disconnect();
      refuse(waiting);
    }
  }

  private static void refuse(BlockingQueue<Entry> entries) {
    for (Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
      entry.answer().completeExceptionally(new IllegalStateException("the journal is closed"));
    }
  }

  /** Answers each of them. */
  private void settle(List<Entry> batch) {
    try {
      connect();
      begin(batch.stream().filter(Entry::begins).toList());
      tell(batch.stream().filter(entry -> !entry.begins()).toList());
      forget();
    } catch (SQLException | RuntimeException e) {
      LOG.warn("the journal of sends cannot be asked: {}", e.toString());
      disconnect();
      batch.forEach(entry -> entry.answer().completeExceptionally(e));
    }
  }

  private void begin(List<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    Set<Attempt> ours = new HashSet<>();
    try (PreparedStatement statement = prepared(BEGIN)) {
      statement.setArray(1, ids(entries));
      statement.setArray(
          2,
          connection.createArrayOf(
              "integer", entries.stream().map(entry -> entry.attempt().number()).toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ours.add(new Attempt(rows.getString(1), rows.getInt(2)));
        }
      }
    }
    // Of the same attempt twice, one is ours.
    entries.forEach(entry -> entry.answer().complete(ours.remove(entry.attempt())));
  }

  private void tell(List<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    Map<String, Integer> latest = new HashMap<>();
    try (PreparedStatement statement = prepared(LATEST)) {
      statement.setArray(1, ids(entries));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          latest.put(rows.getString(1), rows.getInt(2));
        }
      }
    }
    for (Entry entry : entries) {
      int known = latest.getOrDefault(entry.attempt().actionId(), 0);
      entry.answer().complete(known >= entry.attempt().number());
    }
  }

  private void forget() throws SQLException {
    if (System.nanoTime() - forgottenAt < FORGET_EVERY_NANOS) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS);
      statement.executeUpdate(FORGET);
    }
    forgottenAt = System.nanoTime();
  }

  private Array ids(List<Entry> entries) throws SQLException {
    return connection.createArrayOf(
        "text", entries.stream().map(entry -> entry.attempt().actionId()).toArray());
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(ANSWER_SECONDS);
    return statement;
  }

  private void connect() throws SQLException {
    if (connection == null) {
      connection = database.getConnection();
    }
  }

  private void disconnect() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("a connection that is given up did not close", e);
    }
    connection = null;
  }
}
