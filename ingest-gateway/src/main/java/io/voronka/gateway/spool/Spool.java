package io.voronka.gateway.spool;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable queue of byte entries. {@link #append} may be called by any thread, and the order of
 * the calls is the order of the entries; one thread of the spool writes what has gathered, syncs
 * once, and reports. {@link #peek} and {@link #drained} belong to one draining thread: what is
 * peeked stays until it is drained, so that a crash in between repeats entries and never loses one.
 */
public final class Spool implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

  private final SpoolSettings settings;
  private final PositionFile positions;
  private final SpoolDirectory directory;
  private final SegmentWriter writer;
  private final Thread thread;
  private final Object lock = new Object();
  // All below are guarded by the lock.
  private final Deque<Segment> segments;
  private List<SegmentWriter.Entry> queue = new ArrayList<>();
  private List<SegmentWriter.Entry> spare = new ArrayList<>();
  private long queuedBytes;
  private long offset;
  private long entries;
  private long damagedBytes;
  private OptionalLong oldest;
  private boolean committing;
  private boolean closed;

  private Spool(
      SpoolSettings settings,
      PositionFile positions,
      SpoolDirectory directory,
      SpoolRecovery recovered,
      SegmentWriter writer) {
    this.settings = settings;
    this.positions = positions;
    this.directory = directory;
    this.segments = recovered.segments();
    this.offset = recovered.offset();
    this.entries = recovered.entries();
    this.oldest = recovered.oldest();
    this.damagedBytes = recovered.damagedBytes();
    this.writer = writer;
    this.thread = new Thread(this::commitLoop, "spool-commit");
  }

  /**
   * Opens the directory, made if missing, and takes over what an earlier process left in it.
   *
   * @param salts random numbers
   * @throws IOException when the directory cannot be used, or another process uses it
   */
  public static Spool open(SpoolSettings settings, LongSupplier salts) throws IOException {
    return open(settings, salts, Disk.real());
  }

  static Spool open(SpoolSettings settings, LongSupplier salts, Disk disk) throws IOException {
    SpoolDirectory directory = SpoolDirectory.lock(settings.directory());
    try {
      PositionFile positions = new PositionFile(settings.directory());
      SpoolRecovery recovered = SpoolRecovery.of(settings.directory(), positions);
      if (recovered.entries() > 0 || recovered.tornBytes() > 0 || recovered.damagedBytes() > 0) {
        LOG.warn(
            "spool {} holds {} entries of an earlier run; torn bytes cut: {}, damaged bytes: {}",
            settings.directory(),
            recovered.entries(),
            recovered.tornBytes(),
            recovered.damagedBytes());
      }
      SegmentWriter writer = new SegmentWriter(settings, disk, salts, recovered.nextNumber());
      Spool spool = new Spool(settings, positions, directory, recovered, writer);
      spool.thread.start();
      return spool;
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Queues an entry; the commit hears when it is durable.
   *
   * @param receivedAt epoch milliseconds, for the age of the spool
   * @throws SpoolFullException when the limit is reached; the commit is not called then
   */
  public void append(long receivedAt, byte[] payload, Commit commit) throws SpoolFullException {
    int size = SegmentFormat.sizeOf(payload);
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the spool is closed");
      }
      if (bytesLocked() + size > settings.maxBytes()) {
        throw new SpoolFullException(settings.maxBytes());
      }
      if (emptyLocked()) {
        oldest = OptionalLong.of(receivedAt);
      }
      queue.add(new SegmentWriter.Entry(receivedAt, payload, commit));
      queuedBytes += size;
      lock.notifyAll();
    }
  }

  /**
   * The oldest durable entries that are not drained yet.
   *
   * @return empty when there are none at the moment
   */
  public List<SpoolEntry> peek(int maxEntries, int maxBytes) throws IOException {
    while (true) {
      Segment head;
      SegmentReader.Range range;
      synchronized (lock) {
        head = segments.peek();
        if (head == null) {
          return List.of();
        }
        range = new SegmentReader.Range(offset, head.durableBytes, maxEntries, maxBytes);
      }
      SegmentReader read = SegmentReader.read(head.path, head.number, head.salt, range);
      synchronized (lock) {
        if (read.damagedBytes() > 0) {
          LOG.error("{} damaged bytes skipped in {}", read.damagedBytes(), head.path);
          head.damaged = true;
        }
        if (!read.entries().isEmpty()) {
          oldest = OptionalLong.of(read.entries().get(0).receivedAt());
          return read.entries();
        }
        offset = read.end();
        if (!retireDrained()) {
          return List.of();
        }
      }
    }
  }

  /** Forgets entries, at least one: the first ones of what {@link #peek} gave. */
  public void drained(List<SpoolEntry> done) throws IOException {
    SpoolPosition end = done.get(done.size() - 1).end();
    synchronized (lock) {
      offset = end.offset();
      entries -= done.size();
      try {
        positions.write(end);
      } catch (IOException e) {
        // Costs repeated records after a crash, and must not hold up the drain of a full disk.
        LOG.warn("the drained position cannot be written: {}", e.toString());
      }
      while (retireDrained()) {
        // on to the next segment that holds something
      }
      if (emptyLocked()) {
        oldest = OptionalLong.empty();
      }
    }
  }

  /** Keeps an entry that nobody can use, for a human, outside the queue. */
  public void setAside(SpoolEntry entry) throws IOException {
    directory.setAside(entry);
  }

  /** True when nothing is in it, durable or waiting to be. */
  public boolean empty() {
    synchronized (lock) {
      return emptyLocked();
    }
  }

  /** Entries in it, waiting ones included. */
  public long entries() {
    synchronized (lock) {
      return entries + queue.size();
    }
  }

  /** All figures of one moment. */
  public SpoolState state() {
    synchronized (lock) {
      return new SpoolState(entries + queue.size(), bytesLocked(), damagedBytes, oldest);
    }
  }

  /** Writes what is queued, and leaves all that is not drained for the next process. */
  @Override
  public void close() throws IOException {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
    directory.close();
  }

  private void commitLoop() {
    while (true) {
      List<SegmentWriter.Entry> group;
      synchronized (lock) {
        while (queue.isEmpty() && !closed) {
          try {
            lock.wait();
          } catch (InterruptedException e) {
            closed = true;
          }
        }
        if (queue.isEmpty()) {
          return;
        }
        group = queue;
        queue = spare;
        committing = true;
      }
      IOException failure = commit(group);
      for (SegmentWriter.Entry entry : group) {
        entry.commit().done(failure);
      }
      group.clear();
      spare = group;
    }
  }

  private IOException commit(List<SegmentWriter.Entry> group) {
    SegmentWriter.Written written = null;
    IOException failure = null;
    try {
      written = writer.write(group);
    } catch (IOException | RuntimeException e) {
      LOG.error("the spool {} cannot be written", settings.directory(), e);
      failure = e instanceof IOException disk ? disk : new IOException(e);
    }
    synchronized (lock) {
      committing = false;
      for (SegmentWriter.Entry entry : group) {
        queuedBytes -= SegmentFormat.sizeOf(entry.payload());
      }
      if (written != null) {
        if (written.begun()) {
          segments.add(written.segment());
        }
        written.segment().durableBytes = written.bytes();
        entries += group.size();
      } else if (emptyLocked()) {
        oldest = OptionalLong.empty();
      }
    }
    return failure;
  }

  /**
   * Removes the first segment when all of it is drained; false when there is more in it, or more
   * may come.
   */
  private boolean retireDrained() throws IOException {
    Segment head = segments.peek();
    if (head == null || offset < head.durableBytes) {
      return false;
    }
    // Only the last segment can still be written to, and the writer is touched only while no group
    // is.
    if (segments.size() == 1) {
      if (committing || !queue.isEmpty()) {
        return false;
      }
      writer.close();
    }
    segments.remove();
    offset = 0;
    head.retire();
    return true;
  }

  private boolean emptyLocked() {
    return entries == 0 && queue.isEmpty() && !committing;
  }

  private long bytesLocked() {
    long bytes = queuedBytes;
    for (Segment segment : segments) {
      bytes += segment.durableBytes;
    }
    return bytes;
  }
}
