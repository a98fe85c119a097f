package io.voronka.gateway.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How far the spool has drained. Not fsynced: a stale or unreadable position only makes entries
 * drain again, with the same ids. The salt keeps a stale position from skipping entries of a newer
 * segment.
 */
final class PositionFile {
  private final Path path;
  private final Path next;

  PositionFile(Path directory) {
    this.path = directory.resolve("drained");
    this.next = directory.resolve("drained.next");
  }

  /** Null when there is none, or none that can be read. */
  SpoolPosition read() throws IOException {
    if (!Files.exists(path)) {
      return null;
    }
    String[] parts = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).split(" ");
    try {
      return parts.length == 4 && parts[3].equals("end")
          ? new SpoolPosition(
              Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]))
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  void write(SpoolPosition position) throws IOException {
    String text = position.segment() + " " + position.salt() + " " + position.offset() + " end";
    Files.write(next, text.getBytes(StandardCharsets.ISO_8859_1));
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
