package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Writes groups of entries, each made durable by one fsync, and begins a new segment when one is
 * full or has failed. Used by one thread at a time.
 */
final class SegmentWriter {
  private static final int BUFFER = 1 << 20;

  private final SpoolSettings settings;
  private final Disk disk;
  private final LongSupplier salts;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private long nextNumber;
  private Segment segment;
  private SegmentFile file;
  private long written;

  SegmentWriter(SpoolSettings settings, Disk disk, LongSupplier salts, long nextNumber) {
    this.settings = settings;
    this.disk = disk;
    this.salts = salts;
    this.nextNumber = nextNumber;
  }

  /** One entry to be written. */
  record Entry(long receivedAt, byte[] payload, Commit commit) {}

  /**
   * Where the group went.
   *
   * @param bytes length of the segment now
   */
  record Written(Segment segment, boolean begun, long bytes) {}

  /** Either the whole group is durable, or it throws and none of it counts. */
  Written write(List<Entry> group) throws IOException {
    boolean begun = segment == null || written >= settings.segmentBytes();
    try {
      if (begun) {
        begin();
      }
      long end = written;
      for (Entry entry : group) {
        end += put(entry);
      }
      flush();
      file.force();
      written = end;
      return new Written(segment, begun, written);
    } catch (IOException | RuntimeException e) {
      abandon(begun, e);
      throw e;
    }
  }

  /** Ends the present segment; the next group begins another. */
  void close() throws IOException {
    SegmentFile closing = file;
    file = null;
    segment = null;
    if (closing != null) {
      closing.close();
    }
  }

  private void begin() throws IOException {
    close();
    // Zero is what a file without a header counts as.
    long salt = salts.getAsLong() | 1;
    Segment next = new Segment(settings.directory(), nextNumber++, salt, 0);
    file = disk.create(next.path);
    segment = next;
    file.write(SegmentFormat.header(salt));
    written = SegmentFormat.HEADER;
  }

  private int put(Entry entry) throws IOException {
    int size = SegmentFormat.sizeOf(entry.payload());
    if (size > buffer.remaining()) {
      flush();
    }
    if (size > buffer.capacity()) {
      ByteBuffer large = ByteBuffer.allocate(size);
      SegmentFormat.putEntry(large, segment.salt, entry.receivedAt(), entry.payload());
      file.write(large.flip());
    } else {
      SegmentFormat.putEntry(buffer, segment.salt, entry.receivedAt(), entry.payload());
    }
    return size;
  }

  private void flush() throws IOException {
    buffer.flip();
    try {
      file.write(buffer);
    } finally {
      buffer.clear();
    }
  }

  /**
   * After a failed fsync nobody knows what is on the disk: go back to what was, and use another
   * file.
   */
  private void abandon(boolean begun, Exception cause) {
    buffer.clear();
    try {
      if (file != null && !begun) {
        file.truncate(written);
      }
      Segment failed = segment;
      close();
      if (begun && failed != null) {
        Files.deleteIfExists(failed.path);
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
