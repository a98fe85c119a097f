package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where segments are created: the real disk, or one that fails on purpose. */
@FunctionalInterface
interface Disk {

  /** Creates a file that did not exist, and makes its name durable. */
  SegmentFile create(Path path) throws IOException;

  /** The file system that the path is on. */
  static Disk real() {
    return path -> {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      // Without this a crash may leave durable bytes in a file that has no name.
      forceDirectory(path.getParent());
      return new ChannelSegmentFile(channel);
    };
  }

  static void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Over a real file. */
  record ChannelSegmentFile(FileChannel channel) implements SegmentFile {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
