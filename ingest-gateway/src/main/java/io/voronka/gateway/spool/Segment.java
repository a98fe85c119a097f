package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Book entry of one segment file. Guarded by the spool's lock. */
final class Segment {
  private static final String SUFFIX = ".spool";

  final long number;
  final long salt;
  final Path path;

  /** Bytes that are on the disk for sure; nothing behind them is read. */
  long durableBytes;

  boolean damaged;

  Segment(Path directory, long number, long salt, long durableBytes) {
    this.number = number;
    this.salt = salt;
    this.path = directory.resolve(String.format("%020d", number) + SUFFIX);
    this.durableBytes = durableBytes;
  }

  /** Number in a segment's file name, -1 for any other file. */
  static long numberOf(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX)) {
      return -1;
    }
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Removes a drained file; one with damage is put aside for a human to look at. */
  void retire() throws IOException {
    if (damaged) {
      setAside(path);
    } else {
      Files.deleteIfExists(path);
    }
  }

  static void setAside(Path file) throws IOException {
    Files.move(
        file,
        file.resolveSibling(file.getFileName() + ".damaged"),
        StandardCopyOption.REPLACE_EXISTING);
  }
}
