package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Some entries of one segment, in order.
 *
 * @param damagedBytes bytes that had to be stepped over
 * @param end offset up to which the segment has been looked at
 */
record SegmentReader(List<SpoolEntry> entries, long damagedBytes, long end) {

  /**
   * What to read: up to so many entries from an offset, about so many bytes, nothing behind the
   * durable end.
   */
  record Range(long from, long durableEnd, int maxEntries, int maxBytes) {}

  static SegmentReader read(Path path, long number, long salt, Range range) throws IOException {
    long from = Math.max(range.from(), SegmentFormat.HEADER);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long rest = range.durableEnd() - from;
      SegmentReader read =
          parse(
              fill(channel, from, Math.min(rest, range.maxBytes())),
              from,
              rest,
              number,
              salt,
              range);
      // A large entry, or damage: then look at all the rest at once.
      return read.entries.isEmpty() && rest > range.maxBytes()
          ? parse(fill(channel, from, rest), from, rest, number, salt, range)
          : read;
    }
  }

  private static SegmentReader parse(
      ByteBuffer bytes, long from, long rest, long number, long salt, Range range) {
    boolean reachesEnd = bytes.limit() >= rest;
    List<SpoolEntry> entries = new ArrayList<>();
    long damaged = 0;
    int at = 0;
    while (at < bytes.limit() && entries.size() < range.maxEntries()) {
      int size = SegmentFormat.entryAt(bytes, at, salt);
      if (size > 0) {
        entries.add(
            new SpoolEntry(
                SegmentFormat.receivedAt(bytes, at),
                SegmentFormat.payload(bytes, at, size),
                new SpoolPosition(number, salt, from + at + size)));
        at += size;
      } else if (reachesEnd) {
        at++;
        damaged++;
      } else {
        break;
      }
    }
    return new SegmentReader(entries, damaged, from + at);
  }

  private static ByteBuffer fill(FileChannel channel, long from, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Math.max(0, length)));
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // reads until full or at the end of the file
    }
    return bytes.flip();
  }
}
