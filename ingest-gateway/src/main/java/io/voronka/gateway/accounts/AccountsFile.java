package io.voronka.gateway.accounts;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.RecordCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The last whole copy of the control rows on disk: CRC32C (4 bytes) over all that follows, number
 * of rows (4), then each row as length (4) and Avro. Replaced as a whole, so that it is there in
 * one version or another at any moment.
 */
final class AccountsFile {
  private final Path path;

  AccountsFile(Path path) {
    this.path = path;
  }

  void write(List<ControlChange> rows) throws IOException {
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(rows.size());
      for (ControlChange row : rows) {
        byte[] encoded = codec.encode(row);
        out.writeInt(encoded.length);
        out.write(encoded);
      }
    }
    byte[] content = bytes.toByteArray();
    Files.createDirectories(path.toAbsolutePath().getParent());
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer file = ByteBuffer.allocate(Integer.BYTES + content.length);
      file.putInt(checksum(content)).put(content).flip();
      while (file.hasRemaining()) {
        channel.write(file);
      }
      channel.force(true);
    }
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @return empty when there is no file
   * @throws IOException when the file is damaged or cannot be read
   */
  Optional<ControlSnapshot> read(Set<ControlTable> needed) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    byte[] file = Files.readAllBytes(path);
    if (file.length < 2 * Integer.BYTES) {
      throw new IOException("too short");
    }
    byte[] content = new byte[file.length - Integer.BYTES];
    ByteBuffer.wrap(file, Integer.BYTES, content.length).get(content);
    if (checksum(content) != ByteBuffer.wrap(file).getInt()) {
      throw new IOException("checksum differs");
    }
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    ControlSnapshot snapshot = new ControlSnapshot(needed);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    for (int left = in.readInt(); left > 0; left--) {
      ControlChange row;
      try {
        row = codec.decode(in.readNBytes(in.readInt()));
      } catch (RuntimeException e) {
        throw new IOException("written by a newer build", e);
      }
      snapshot.apply(row.getTable(), ControlKeys.of(row), row);
    }
    return Optional.of(snapshot);
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length);
    return (int) crc.getValue();
  }
}
