package io.voronka.gateway.testing;

import io.voronka.gateway.accept.OutgoingRecord;
import io.voronka.gateway.deliver.Ack;
import io.voronka.gateway.deliver.EventPublisher;
import io.voronka.gateway.deliver.EventPublishers;
import io.voronka.gateway.deliver.UnpublishableException;
import io.voronka.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A log in memory that can be away, hang, fail or lose acknowledgements. Thread-safe. */
public final class InMemoryLog implements EventPublishers {
  /** How it behaves towards what is sent from now on. */
  public enum Weather {
    FAIR,
    /** Cannot be reached. */
    AWAY,
    /** Takes records and says nothing; nothing is written. */
    SILENT,
    /** Writes, and says nothing. */
    DEAF,
    /** Says no. */
    FAILING,
    /** Throws at the sender. */
    THROWING
  }

  public static final int PARTITIONS = 3;

  private final List<OutgoingRecord> written = new ArrayList<>();
  private volatile Weather weather = Weather.FAIR;
  private volatile String poison;
  private volatile int opened;

  public void weather(Weather next) {
    weather = next;
  }

  /** Records with this key are never taken. */
  public void poison(String key) {
    poison = key;
  }

  /** How many publishers have been opened. */
  public int opened() {
    return opened;
  }

  /** Everything written, in order, ticks left out. */
  public List<OutgoingRecord> events() {
    synchronized (written) {
      return written.stream().filter(record -> record.partition() == null).toList();
    }
  }

  public List<OutgoingRecord> ticks() {
    synchronized (written) {
      return written.stream().filter(record -> record.partition() != null).toList();
    }
  }

  /** Everything written, in order. */
  public List<OutgoingRecord> all() {
    synchronized (written) {
      return List.copyOf(written);
    }
  }

  /** Makes room: what was written so far is gone. */
  public void forget() {
    synchronized (written) {
      written.clear();
    }
  }

  @Override
  public EventPublisher open() throws LogUnavailableException {
    if (weather == Weather.AWAY) {
      throw new LogUnavailableException("away", null);
    }
    opened++;
    return new Publisher();
  }

  /**
   * Like a real producer it keeps the order of a partition: once it has not written a record it
   * writes none behind it. So the first bad weather that it meets stays.
   */
  private final class Publisher implements EventPublisher {
    private final AtomicReference<Weather> met = new AtomicReference<>();
    private boolean aborted;

    @Override
    public void send(List<OutgoingRecord> records, Ack ack) {
      for (OutgoingRecord record : records) {
        send(record, ack);
      }
    }

    private void send(OutgoingRecord record, Ack ack) {
      Weather now = weather;
      if (now != Weather.FAIR) {
        met.compareAndSet(null, now);
      }
      now = met.get() == null ? now : met.get();
      if (now == Weather.THROWING) {
        throw new IllegalStateException("thrown");
      }
      if (now == Weather.FAILING) {
        ack.completed(new IllegalStateException("failing"));
      } else if (poison != null && poison.equals(record.key())) {
        ack.completed(new UnpublishableException(new IllegalArgumentException("poison")));
      } else if (now == Weather.FAIR || now == Weather.DEAF) {
        synchronized (written) {
          if (aborted) {
            throw new IllegalStateException("used after it was aborted");
          }
          written.add(record);
        }
        if (now == Weather.FAIR) {
          ack.completed(null);
        }
      }
    }

    @Override
    public int partitions(String topic) {
      if (!topic.equals(Topics.CRM_EVENTS)) {
        throw new IllegalArgumentException(topic);
      }
      return PARTITIONS;
    }

    @Override
    public void abort() {
      synchronized (written) {
        aborted = true;
      }
    }

    @Override
    public void close(Duration limit) {
      abort();
    }
  }
}
