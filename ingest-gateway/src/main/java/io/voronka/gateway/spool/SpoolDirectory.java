package io.voronka.gateway.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The spool's folder, which one process at a time may use, and what is kept in it beside the queue.
 */
final class SpoolDirectory implements Closeable {
  private final Path path;
  private final FileChannel lock;

  private SpoolDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder if it is missing.
   *
   * @throws IOException also when another process has it
   */
  static SpoolDirectory lock(Path path) throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new IOException("another gateway uses the spool " + path);
    }
    return new SpoolDirectory(path, channel);
  }

  /** Appends an entry to a file that nobody reads but humans. */
  void setAside(SpoolEntry entry) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path.resolve("set-aside"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.allocate(SegmentFormat.sizeOf(entry.payload()));
      SegmentFormat.putEntry(bytes, 0, entry.receivedAt(), entry.payload());
      bytes.flip();
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held by this process itself.
      return false;
    }
  }
}
