package io.voronka.gateway.deliver;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.accept.WebhookAcceptor;
import io.voronka.gateway.accounts.AccountDirectory;
import io.voronka.gateway.deliver.EventPublishers.LogUnavailableException;
import io.voronka.gateway.metrics.GatewayMetrics;
import io.voronka.gateway.spool.Spool;
import io.voronka.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread behind the {@link Outbox}: watches over acknowledgements and sends ticks in direct
 * mode; otherwise opens publishers, empties the spool in order and hands over. An entry leaves the
 * spool only when the log has acknowledged it, so a crash at any point repeats records, with the
 * same ids, and loses none. No ticks while there is anything in the spool: time must not overtake
 * the events that wait there.
 */
public final class Drain implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final long WATCH_MILLIS = 25;
  private static final long BLOCKED_MILLIS = 50;
  private static final long COMMIT_MILLIS = 2;

  private final Outbox outbox;
  private final Spool spool;
  private final EventPublishers publishers;
  private final SpoolWindows windows;
  private final ArrivalClock clock;
  private final Ticks ticks;
  private final OutboxSettings settings;
  private final GatewayMetrics metrics;
  private final LongSupplier nanos;
  private final Thread thread;
  private volatile EventPublisher connected;
  private long nextTickNanos;

  /** The publisher has delivered a window: new deliveries may be held for the next one. */
  private boolean proven;

  private volatile boolean stopping;

  /** What the drain works with. */
  public record Parts(
      Outbox outbox,
      Spool spool,
      EventPublishers publishers,
      AccountDirectory accounts,
      WebhookAcceptor acceptor,
      ArrivalClock clock,
      GatewayMetrics metrics,
      LongSupplier nanos) {}

  /**
   * @param gatewayId stands in every tick
   */
  public Drain(Parts parts, String gatewayId, OutboxSettings settings) {
    this.outbox = parts.outbox();
    this.spool = parts.spool();
    this.publishers = parts.publishers();
    this.windows =
        new SpoolWindows(
            spool,
            new SpoolJudge(parts.accounts(), parts.acceptor()),
            parts.metrics(),
            settings.windowEntries());
    this.clock = parts.clock();
    this.ticks = new Ticks(gatewayId);
    this.settings = settings;
    this.metrics = parts.metrics();
    this.nanos = parts.nanos();
    this.thread = new Thread(this::run, "drain");
  }

  public void start() {
    nextTickNanos = nanos.getAsLong();
    thread.start();
  }

  /**
   * Refuses what is new, waits for what is in flight, goes on draining for a while, then stops;
   * what is left stays in the spool.
   */
  public void stop(Duration grace) throws InterruptedException {
    outbox.stopAccepting();
    long end = nanos.getAsLong() + grace.toNanos();
    while (nanos.getAsLong() < end && thread.isAlive() && (outbox.inFlight() > 0 || draining())) {
      TimeUnit.MILLISECONDS.sleep(COMMIT_MILLIS);
    }
    stopping = true;
    thread.interrupt();
    thread.join();
  }

  /** False when its thread has ended. */
  public boolean alive() {
    return thread.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    stop(Duration.ZERO);
  }

  private boolean draining() {
    return !spool.empty() && connected != null;
  }

  private void run() {
    while (!stopping) {
      try {
        step();
      } catch (InterruptedException e) {
        break;
      } catch (IOException | RuntimeException e) {
        LOG.error("the drain failed, and goes on", e);
        disconnect(e);
        if (!pause(settings.retryPause().toMillis())) {
          break;
        }
      }
    }
    EventPublisher last = outbox.shut();
    if (last == null) {
      last = connected;
    }
    outbox.takeCondemned().forEach(EventPublisher::abort);
    if (last != null) {
      last.close(settings.ackTimeout());
    }
  }

  private void step() throws IOException, InterruptedException {
    abortCondemned();
    if (outbox.mode() == Outbox.Mode.DIRECT) {
      outbox.checkAcknowledgements(settings.ackTimeout().toNanos());
      outbox.await(tick());
    } else if (connected == null) {
      connect();
    } else if (spool.empty() || (proven && spool.entries() <= settings.windowEntries())) {
      handOver();
    } else {
      proven |= drainWindow(windows.next(), drainDeadline());
    }
  }

  private void connect() throws InterruptedException {
    try {
      connected = publishers.open();
      proven = false;
      LOG.info("Kafka is there; {} entries to drain", spool.entries());
    } catch (LogUnavailableException e) {
      metrics.publisherFailed(e);
      LOG.warn("Kafka is not there: {}; {} entries in the spool", e.getMessage(), spool.entries());
      outbox.await(settings.retryPause().toMillis());
    }
  }

  /**
   * Drains the last entries while new deliveries wait in memory, within a part of the time that
   * those have.
   */
  private void handOver() throws IOException, InterruptedException {
    SpoolWindow first = windows.next();
    if (first.blocked()) {
      drainWindow(first, drainDeadline());
      return;
    }
    EventPublisher next = connected;
    if (!outbox.hold(next)) {
      return;
    }
    long deadline = nanos.getAsLong() + settings.ackTimeout().toNanos() / 2;
    while (!spool.empty()) {
      if (outbox.mode() != Outbox.Mode.HANDING_OVER) {
        return;
      }
      SpoolWindow window = windows.next();
      if (window.blocked() || nanos.getAsLong() > deadline) {
        disconnect(new LogUnavailableException("no hand-over in time", null));
        return;
      }
      if (!window.isEmpty()) {
        if (!drainWindow(window, deadline)) {
          return;
        }
      } else {
        TimeUnit.MILLISECONDS.sleep(COMMIT_MILLIS);
      }
    }
    outbox.goDirect(next);
  }

  private long drainDeadline() {
    return nanos.getAsLong() + settings.drainTimeout().toNanos();
  }

  /** False when the publisher failed; the entries then stay. */
  private boolean drainWindow(SpoolWindow window, long deadline)
      throws IOException, InterruptedException {
    if (window.isEmpty()) {
      outbox.await(window.blocked() ? BLOCKED_MILLIS : COMMIT_MILLIS);
      return true;
    }
    List<OutgoingRecord> records = window.records();
    WindowAcks acks = new WindowAcks(records.size());
    try {
      connected.send(records, acks);
      acks.await(deadline, nanos);
    } catch (UnpublishableException e) {
      windows.unpublishable(window, e);
      return true;
    } catch (RuntimeException e) {
      disconnect(e);
      return false;
    }
    windows.leave(window);
    return true;
  }

  private void disconnect(Exception failure) {
    EventPublisher failed = connected;
    connected = null;
    if (failed == null) {
      return;
    }
    if (!outbox.failed(failed, failure)) {
      metrics.publisherFailed(failure);
    }
    LOG.warn("Kafka is gone, {} entries in the spool: {}", spool.entries(), failure.toString());
    failed.abort();
  }

  private void abortCondemned() {
    for (EventPublisher publisher : outbox.takeCondemned()) {
      if (publisher == connected) {
        connected = null;
      }
      publisher.abort();
    }
  }

  /** Sends ticks when they are due; the milliseconds until something is to be done again. */
  private long tick() {
    long period = settings.tickPeriod().toMillis();
    if (period == 0) {
      return WATCH_MILLIS;
    }
    long now = nanos.getAsLong();
    EventPublisher publisher = connected;
    if (publisher != null && now - nextTickNanos >= 0) {
      nextTickNanos = now + TimeUnit.MILLISECONDS.toNanos(Ticks.untilNext(clock.now(), period));
      try {
        outbox.submitTicks(
            ticks.at(clock.tickTime(), publisher.partitions(Topics.CRM_EVENTS)), clock.now());
      } catch (RuntimeException e) {
        disconnect(e);
      }
    }
    return Math.min(WATCH_MILLIS, Math.max(1, (nextTickNanos - now) / 1_000_000));
  }

  private static boolean pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
