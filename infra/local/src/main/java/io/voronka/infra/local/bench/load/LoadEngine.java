package io.voronka.infra.local.bench.load;

import io.voronka.infra.local.bench.Latency;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Runs one stretch of load in the calling thread. Closed loop: every connection sends as soon as it
 * was answered. Paced: requests are due at fixed moments; one that finds no free connection waits
 * for one, and its latency counts from the moment at which it was due.
 */
final class LoadEngine implements AutoCloseable {
  /** Far above what anything here may take. */
  private static final long SLOWEST_MICROS = TimeUnit.MINUTES.toMicros(2);

  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Between two looks at the sockets while paced: waking takes about as long anyway. */
  private static final long NAP_NANOS = 50_000;

  private static final long CLOSED_WAIT_MILLIS = 100;
  private static final int OK = 200;

  private final LoadOrder order;
  private final Selector selector;
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Connection> free = new ArrayDeque<>();
  private final Histogram micros = new Histogram(SLOWEST_MICROS, 3);
  private long sent;
  private long answered;
  private long answeredInTime;
  private long accepted;
  private long lastAnswerNanos;

  private LoadEngine(LoadOrder order) throws IOException {
    this.order = order;
    this.selector = Selector.open();
  }

  /**
   * @throws IOException when the server refuses, closes or forgets a connection
   */
  static LoadFigures run(LoadOrder order) throws IOException {
    try (LoadEngine engine = new LoadEngine(order)) {
      engine.connect();
      return engine.drive();
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }

  private void connect() throws IOException {
    InetSocketAddress server = new InetSocketAddress(order.host(), order.port());
    for (int i = 0; i < order.connections(); i++) {
      int account = i % order.tokens().size();
      HookRequest hook =
          HookRequest.to(
              order.host() + ":" + order.port(),
              order.tokens().get(account),
              order.accounts().get(account));
      connections.add(Connection.open(server, selector, hook));
    }
    free.addAll(connections);
  }

  private LoadFigures drive() throws IOException {
    long start = System.nanoTime();
    long end = start + TimeUnit.MILLISECONDS.toNanos(order.millis());
    lastAnswerNanos = start;
    if (order.ratePerSecond() > 0) {
      paced(new Pace(start, order.ratePerSecond()), end);
    } else {
      closed(end);
    }
    double seconds = (end - start) / 1e9;
    return new LoadFigures(answered, accepted, answeredInTime / seconds, latency());
  }

  private void closed(long end) throws IOException {
    while (System.nanoTime() < end || answered < sent) {
      long now = System.nanoTime();
      while (now < end && !free.isEmpty()) {
        send(now);
        now = System.nanoTime();
      }
      selector.select(key -> ready(key, end), CLOSED_WAIT_MILLIS);
      checkSilence();
    }
  }

  private void paced(Pace pace, long end) throws IOException {
    long all = pace.dueBy(end - 1);
    while (answered < all) {
      long due = Math.min(all, pace.dueBy(System.nanoTime()));
      while (sent < due && !free.isEmpty()) {
        send(pace.dueNanos(sent));
      }
      if (selector.selectNow(key -> ready(key, end)) == 0) {
        long untilNext = pace.dueNanos(sent) - System.nanoTime();
        LockSupport.parkNanos(untilNext > 0 ? Math.min(NAP_NANOS, untilNext) : NAP_NANOS);
      }
      checkSilence();
    }
  }

  private void send(long since) throws IOException {
    if (sent == answered) {
      // Nothing was under way: the silence until now was ours.
      lastAnswerNanos = System.nanoTime();
    }
    // The longest idle connection first: all of them take part.
    free.removeFirst().send(order.firstNumber() + sent, since);
    sent++;
  }

  private void ready(SelectionKey key, long end) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        connection.flush();
      }
      int status = key.isReadable() ? connection.receive() : 0;
      if (status != 0) {
        answered(connection, status, end);
      }
    } catch (IOException e) {
      throw new BrokenConnectionException(e);
    }
  }

  private void answered(Connection connection, int status, long end) {
    long now = System.nanoTime();
    lastAnswerNanos = now;
    answered++;
    if (now < end) {
      answeredInTime++;
    }
    if (status == OK) {
      accepted++;
    }
    micros.recordValue(Math.min(SLOWEST_MICROS, (now - connection.sinceNanos()) / 1_000));
    free.addLast(connection);
  }

  private void checkSilence() throws IOException {
    if (sent > answered && System.nanoTime() - lastAnswerNanos > SILENCE_NANOS) {
      throw new IOException(sent - answered + " requests are not answered for 30 s");
    }
  }

  private Latency latency() {
    return new Latency(
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private static final class BrokenConnectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenConnectionException(IOException cause) {
      super(cause);
    }
  }
}
