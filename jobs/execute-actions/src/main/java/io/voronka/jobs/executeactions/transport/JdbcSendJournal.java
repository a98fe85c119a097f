package io.voronka.jobs.executeactions.transport;

import io.voronka.jobs.executeactions.domain.BegunSend;
import io.voronka.jobs.executeactions.domain.JournalAnswer;
import io.voronka.jobs.executeactions.domain.SendEnd;
import io.voronka.jobs.executeactions.transport.SendsTable.Ended;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in the control database. One thread with one connection writes all that waits in one
 * statement, so that many pay for one commit. How attempts ended is written behind what waits for
 * an answer, and kept while the database is away.
 */
final class JdbcSendJournal implements SendJournal {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcSendJournal.class);
  private static final int MOST_AT_ONCE = 500;
  private static final int MOST_UNWRITTEN = 10_000;
  private static final int WRITE_AGAIN_SECONDS = 1;
  private static final long FORGET_EVERY_NANOS = TimeUnit.HOURS.toNanos(6);

  private final DataSource database;
  private final String life = UUID.randomUUID().toString();
  private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  /** Of each action the last one. The thread's, as all below. */
  private final Map<String, Ended> unwritten = new LinkedHashMap<>();

  private Connection connection;
  private boolean away;
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

  /** What waits for the thread; exactly one of the last two is set. */
  private record Entry(
      Attempt attempt, boolean begins, CompletableFuture<JournalAnswer> answer, SendEnd end) {}

  @Override
  public CompletionStage<JournalAnswer> begin(Attempt attempt) {
    return ask(new Entry(attempt, true, new CompletableFuture<>(), null));
  }

  @Override
  public CompletionStage<JournalAnswer> find(Attempt attempt) {
    return ask(new Entry(attempt, false, new CompletableFuture<>(), null));
  }

  @Override
  public void ended(Attempt attempt, SendEnd end) {
    waiting.add(new Entry(attempt, false, null, end));
  }

  /** Writes how attempts ended that have been answered. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(SendsTable.ANSWER_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletionStage<JournalAnswer> ask(Entry entry) {
    waiting.add(entry);
    if (closed) {
      refuse();
    }
    return entry.answer();
  }

  private void run() {
    try {
      while (!closed) {
        Entry first =
            unwritten.isEmpty()
                ? waiting.take()
                : waiting.poll(WRITE_AGAIN_SECONDS, TimeUnit.SECONDS);
        List<Entry> batch = new ArrayList<>();
        if (first != null) {
          batch.add(first);
        }
        waiting.drainTo(batch, MOST_AT_ONCE - batch.size());
        settle(batch);
      }
    } catch (InterruptedException e) {
      LOG.debug("the journal of sends is closed", e);
    } finally {
      // What is written yet must not be interrupted.
      Thread.interrupted();
      settle(refuse());
      disconnect();
    }
  }

  /** The questions; the rest is given back. */
  private List<Entry> refuse() {
    List<Entry> rest = new ArrayList<>();
    for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
      if (entry.answer() == null) {
        rest.add(entry);
      } else {
        entry.answer().completeExceptionally(new IllegalStateException("the journal is closed"));
      }
    }
    return rest;
  }

  /** Answers each of them that is a question. */
  private void settle(List<Entry> batch) {
    List<Entry> questions = new ArrayList<>();
    for (Entry entry : batch) {
      if (entry.answer() == null) {
        keep(new Ended(entry.attempt(), entry.end()));
      } else {
        questions.add(entry);
      }
    }
    try {
      if (!questions.isEmpty()) {
        SendsTable table = connected();
        begin(table, questions.stream().filter(Entry::begins).toList());
        tell(table, questions.stream().filter(entry -> !entry.begins()).toList());
        forget(table);
      }
    } catch (SQLException | RuntimeException e) {
      lost(e);
      questions.forEach(entry -> entry.answer().completeExceptionally(e));
    }
    write();
  }

  private void keep(Ended ended) {
    unwritten.remove(ended.attempt().actionId());
    unwritten.put(ended.attempt().actionId(), ended);
    if (unwritten.size() > MOST_UNWRITTEN) {
      Iterator<String> eldest = unwritten.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** Nobody waits for it, and nothing fails by it. */
  private void write() {
    if (unwritten.isEmpty() || closed && connection == null) {
      return;
    }
    try {
      connected().end(unwritten.values());
      unwritten.clear();
    } catch (SQLException | RuntimeException e) {
      lost(e);
      if (e instanceof SQLException refused && isAboutItsContent(refused)) {
        LOG.warn("the ends of {} sends are not written down", unwritten.size(), e);
        unwritten.clear();
      }
    }
  }

  /** It would be refused again. */
  private static boolean isAboutItsContent(SQLException refused) {
    String state = refused.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  private static void begin(SendsTable table, List<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    Map<String, Entry> byAction = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (byAction.putIfAbsent(entry.attempt().actionId(), entry) != null) {
        entry.answer().completeExceptionally(new IllegalStateException("begun twice at once"));
      }
    }
    Set<String> begun = table.begin(attempts(byAction.values()));
    for (String id : begun) {
      byAction.remove(id).answer().complete(JournalAnswer.free());
    }
    if (byAction.isEmpty()) {
      return;
    }
    Map<String, BegunSend> earlier = table.find(attempts(byAction.values()));
    byAction.forEach(
        (id, entry) -> {
          if (earlier.containsKey(id)) {
            entry.answer().complete(JournalAnswer.begun(earlier.get(id)));
          } else {
            entry.answer().completeExceptionally(new IllegalStateException("changed meanwhile"));
          }
        });
  }

  private static void tell(SendsTable table, List<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    Map<String, BegunSend> found = table.find(attempts(entries));
    for (Entry entry : entries) {
      BegunSend begun = found.get(entry.attempt().actionId());
      entry.answer().complete(begun == null ? JournalAnswer.free() : JournalAnswer.begun(begun));
    }
  }

  private static List<Attempt> attempts(Collection<Entry> entries) {
    return entries.stream().map(Entry::attempt).toList();
  }

  private void forget(SendsTable table) throws SQLException {
    if (System.nanoTime() - forgottenAt >= FORGET_EVERY_NANOS) {
      table.forget();
      forgottenAt = System.nanoTime();
    }
  }

  private SendsTable connected() throws SQLException {
    if (connection == null) {
      connection = database.getConnection();
      // What hangs holds up the targets that ask.
      connection.setNetworkTimeout(
          Runnable::run, (int) TimeUnit.SECONDS.toMillis(2L * SendsTable.ANSWER_SECONDS));
      if (away) {
        LOG.info("the journal of sends can be asked again");
      }
      away = false;
    }
    return new SendsTable(connection, life);
  }

  private void lost(Exception reason) {
    if (!away) {
      LOG.warn("the journal of sends cannot be asked: {}", reason.toString());
    }
    away = true;
    disconnect();
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
