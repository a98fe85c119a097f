package io.voronka.gateway.spool;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Layout of a segment file, big-endian. Header: magic (8 bytes), salt (8). Entry: marker (4),
 * payload length (4), CRC32C (4) over salt, receivedAt and payload, receivedAt (8), payload. The
 * marker lets a reader find the next entry behind a damaged one; the salt, that bytes of a webhook
 * which look like an entry are none.
 */
final class SegmentFormat {
  static final int HEADER = 16;
  static final int ENTRY_HEADER = 20;
  static final int MARKER = 0x5653504C;
  private static final long MAGIC = 0x564F524F4E4B4131L;

  private SegmentFormat() {}

  static ByteBuffer header(long salt) {
    return ByteBuffer.allocate(HEADER).putLong(MAGIC).putLong(salt).flip();
  }

  /** True when the bytes are the header of a segment; the salt is then at byte 8. */
  static boolean isHeader(ByteBuffer file) {
    return file.limit() >= HEADER && file.getLong(0) == MAGIC;
  }

  static long saltOf(ByteBuffer file) {
    return file.getLong(Long.BYTES);
  }

  static int sizeOf(byte[] payload) {
    return ENTRY_HEADER + payload.length;
  }

  static void putEntry(ByteBuffer target, long salt, long receivedAt, byte[] payload) {
    target.putInt(MARKER).putInt(payload.length);
    target.putInt(checksum(salt, receivedAt, ByteBuffer.wrap(payload)));
    target.putLong(receivedAt).put(payload);
  }

  /**
   * Length of the whole entry that starts at an index.
   *
   * @return 0 when no whole, undamaged entry starts there
   */
  static int entryAt(ByteBuffer file, int at, long salt) {
    if (file.limit() - at < ENTRY_HEADER || file.getInt(at) != MARKER) {
      return 0;
    }
    int length = file.getInt(at + 4);
    if (length < 0 || length > file.limit() - at - ENTRY_HEADER) {
      return 0;
    }
    ByteBuffer payload =
        file.duplicate().position(at + ENTRY_HEADER).limit(at + ENTRY_HEADER + length);
    return checksum(salt, receivedAt(file, at), payload) == file.getInt(at + 8)
        ? ENTRY_HEADER + length
        : 0;
  }

  static long receivedAt(ByteBuffer file, int at) {
    return file.getLong(at + 12);
  }

  static byte[] payload(ByteBuffer file, int at, int size) {
    byte[] payload = new byte[size - ENTRY_HEADER];
    file.get(at + ENTRY_HEADER, payload);
    return payload;
  }

  private static int checksum(long salt, long receivedAt, ByteBuffer payload) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(salt).putLong(receivedAt).flip());
    crc.update(payload);
    return (int) crc.getValue();
  }
}
