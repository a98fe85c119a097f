package io.voronka.infra.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The server's programs, unpacked once from the archive on the class path. */
final class PostgresBinaries {

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private PostgresBinaries() {}

  /**
   * Unpacks the archive into the folder unless it is there already. A half-unpacked folder is never
   * left under the final name.
   *
   * @throws IOException when the archive is missing, the disk is full, or {@code tar} fails
   */
  static void unpackTo(Path folder) throws IOException, InterruptedException {
    if (Files.isExecutable(folder.resolve("bin/postgres"))) {
      return;
    }
    Path half = folder.resolveSibling(folder.getFileName() + ".part");
    delete(half);
    delete(folder);
    Files.createDirectories(half);
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (packed == null) {
        throw new IOException("no PostgreSQL for this platform on the class path: " + ARCHIVE);
      }
      Process tar =
          new ProcessBuilder(List.of("tar", "-xf", "-", "-C", half.toString()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (XZInputStream plain = new XZInputStream(packed);
          OutputStream in = tar.getOutputStream()) {
        plain.transferTo(in);
      }
      if (tar.waitFor() != 0) {
        throw new IOException("tar could not unpack PostgreSQL into " + half);
      }
    }
    Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** With all that is in it; nothing when it is not there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
