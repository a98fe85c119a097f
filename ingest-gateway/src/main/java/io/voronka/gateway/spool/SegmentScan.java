package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * What a restart finds in a segment: all whole entries, also those behind a damaged one.
 *
 * @param salt 0 when there is no header
 * @param validBytes end of the last whole entry; bytes behind it are a torn tail
 * @param entries whole entries from the given offset on
 * @param damagedBytes bytes between whole entries that belong to none
 * @param oldest receivedAt of the first whole entry
 */
record SegmentScan(
    long salt,
    long validBytes,
    long fileBytes,
    long entries,
    long damagedBytes,
    OptionalLong oldest) {

  /**
   * @param drained position up to which entries are done with; of another segment: all count
   */
  static SegmentScan of(Path path, long number, SpoolPosition drained) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      if (!SegmentFormat.isHeader(file)) {
        return new SegmentScan(0, 0, file.limit(), 0, 0, OptionalLong.empty());
      }
      long salt = SegmentFormat.saltOf(file);
      boolean begun = drained != null && drained.segment() == number && drained.salt() == salt;
      long from = begun ? drained.offset() : 0;
      int at = SegmentFormat.HEADER;
      int valid = at;
      long entries = 0;
      long damaged = 0;
      OptionalLong oldest = OptionalLong.empty();
      while (at < file.limit()) {
        int size = SegmentFormat.entryAt(file, at, salt);
        if (size == 0) {
          at++;
          continue;
        }
        damaged += at - valid;
        at += size;
        valid = at;
        if (at > from) {
          entries++;
          oldest =
              oldest.isPresent()
                  ? oldest
                  : OptionalLong.of(SegmentFormat.receivedAt(file, at - size));
        }
      }
      return new SegmentScan(salt, valid, file.limit(), entries, damaged, oldest);
    }
  }
}
