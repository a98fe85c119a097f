package io.voronka.gateway.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment that is being written. */
interface SegmentFile extends Closeable {

  /** Writes all remaining bytes at the end. */
  void write(ByteBuffer bytes) throws IOException;

  /** Returns once everything written is on the disk. */
  void force() throws IOException;

  void truncate(long size) throws IOException;
}
