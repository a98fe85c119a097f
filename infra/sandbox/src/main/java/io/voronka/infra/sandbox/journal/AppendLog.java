package io.voronka.infra.sandbox.journal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/**
 * A file of lines, numbered from 1. Appending returns at once; one thread writes whatever has
 * gathered, calls fsync once for all of it and then tells every appender, so that durability costs
 * one fsync per group and not per line. A torn last line (the process was killed while writing) is
 * cut off on opening: nobody was told that it was safe.
 *
 * <p>Appending must happen on one thread (the event loop); reading may happen on any.
 */
public final class AppendLog implements Closeable {
  /** Told on the callback executor: {@code null} once the line is on disk, else why it is not. */
  @FunctionalInterface
  public interface Ack {
    void done(IOException failure);
  }

  private record Pending(byte[] line, Ack ack) {}

  private static final Pending STOP = new Pending(new byte[0], failure -> {});

  private final FileChannel channel;
  private final Executor callbacks;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private final Object index = new Object();
  // Where line n starts is starts[n - 1]; starts[durable] is the end of the file.
  private long[] starts;
  private int durable;
  private long appended;
  private volatile IOException broken;

  private AppendLog(FileChannel channel, Executor callbacks, long[] starts, int durable) {
    this.channel = channel;
    this.callbacks = callbacks;
    this.starts = starts;
    this.durable = durable;
    this.appended = durable;
    this.writer = new Thread(this::write, "journal-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Opens or creates {@code file}, handing every whole line in it to {@code replay} with its
   * number.
   *
   * @param callbacks runs the acknowledgements, one task for each group
   */
  public static AppendLog open(Path file, Executor callbacks, BiConsumer<Long, byte[]> replay)
      throws IOException {
    long[] starts = new long[1024];
    int lines = 0;
    if (Files.exists(file)) {
      long position = 0;
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      byte[] block = new byte[1 << 16];
      try (InputStream in = Files.newInputStream(file)) {
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
          int from = 0;
          for (int i = 0; i < read; i++) {
            if (block[i] == '\n') {
              line.write(block, from, i - from);
              from = i + 1;
              lines++;
              if (lines >= starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
              }
              starts[lines] = position + from;
              replay.accept((long) lines, line.toByteArray());
              line.reset();
            }
          }
          line.write(block, from, read - from);
          position += read;
        }
      }
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.truncate(starts[lines]);
    channel.position(starts[lines]);
    return new AppendLog(channel, callbacks, starts, lines);
  }

  /** The number that the next appended line will get. */
  public long next() {
    return appended + 1;
  }

  /**
   * Queues a line.
   *
   * @param line without a line break
   * @return its number
   */
  public long append(byte[] line, Ack ack) {
    appended++;
    queue.add(new Pending(line, ack));
    return appended;
  }

  /** Calls back once everything appended so far is on disk. */
  public void whenDurable(Ack ack) {
    synchronized (index) {
      if (broken == null && durable == appended) {
        callbacks.execute(() -> ack.done(null));
        return;
      }
    }
    queue.add(new Pending(null, ack));
  }

  /** How many lines are safely on disk. */
  public long durable() {
    synchronized (index) {
      return durable;
    }
  }

  /** Up to {@code limit} durable lines after number {@code after}; blocks on the disk. */
  public List<byte[]> read(long after, int limit) throws IOException {
    long from;
    int count;
    long[] ends;
    synchronized (index) {
      int first = (int) Math.max(0, Math.min(after, durable));
      count = Math.min(limit, durable - first);
      from = starts[first];
      ends = Arrays.copyOfRange(starts, first + 1, first + 1 + count);
    }
    if (count <= 0) {
      return List.of();
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) (ends[count - 1] - from));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new IOException("the journal is shorter than its index");
      }
    }
    List<byte[]> lines = new ArrayList<>(count);
    int start = 0;
    for (long end : ends) {
      int stop = (int) (end - from);
      lines.add(Arrays.copyOfRange(bytes.array(), start, stop - 1));
      start = stop;
    }
    return lines;
  }

  private void write() {
    List<Pending> group = new ArrayList<>();
    boolean stop = false;
    while (!stop) {
      group.clear();
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      queue.drainTo(group);
      stop = group.contains(STOP);
      IOException failure = broken;
      if (failure == null) {
        try {
          writeGroup(group);
        } catch (IOException e) {
          // What is on disk is unknown from here on: every later line fails too.
          failure = e;
          broken = e;
        }
      }
      IOException outcome = failure;
      List<Ack> acks = group.stream().map(Pending::ack).toList();
      callbacks.execute(() -> acks.forEach(ack -> ack.done(outcome)));
    }
  }

  private void writeGroup(List<Pending> group) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Integer> lengths = new ArrayList<>();
    for (Pending pending : group) {
      if (pending != STOP && pending.line != null) {
        bytes.writeBytes(pending.line);
        bytes.write('\n');
        lengths.add(pending.line.length + 1);
      }
    }
    if (lengths.isEmpty()) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(false);
    synchronized (index) {
      for (int length : lengths) {
        if (durable + 1 >= starts.length) {
          starts = Arrays.copyOf(starts, starts.length * 2);
        }
        starts[durable + 1] = starts[durable] + length;
        durable++;
      }
    }
  }

  /** Writes what is queued, then closes the file. */
  @Override
  public void close() throws IOException {
    queue.add(STOP);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
