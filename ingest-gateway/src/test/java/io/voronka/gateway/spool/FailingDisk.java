package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The real disk, which can be told to refuse writes or syncs, or to stop for a while. */
final class FailingDisk implements Disk {
  enum Fault {
    NONE,
    CREATE,
    WRITE_HALF,
    FORCE
  }

  volatile Fault fault = Fault.NONE;
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile int forces;

  @Override
  public SegmentFile create(Path path) throws IOException {
    if (fault == Fault.CREATE) {
      throw new IOException("no file");
    }
    SegmentFile real = Disk.real().create(path);
    return new SegmentFile() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        if (fault == Fault.WRITE_HALF) {
          bytes.limit(bytes.position() + bytes.remaining() / 2);
          real.write(bytes);
          throw new IOException("no space left on device");
        }
        real.write(bytes);
      }

      @Override
      public void force() throws IOException {
        try {
          gate.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        if (fault == Fault.FORCE) {
          throw new IOException("input/output error");
        }
        forces++;
        real.force();
      }

      @Override
      public void truncate(long size) throws IOException {
        real.truncate(size);
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
