package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that one local stack keeps, in one folder, locked while the stack runs.
 *
 * <pre>
 * kafka/ postgres/ checkpoints/&lt;job&gt;/ savepoints/&lt;job&gt;/ gateway/ sandbox/ secrets/ ports.properties
 *     what the next start goes on from
 * programs/ conf/ work/ logs/ stack.json
 *     what can be had again
 * </pre>
 */
final class DataDirectory implements AutoCloseable {

  /**
   * Less room than this at the start, and the stack would fill the disk before anything useful
   * happened.
   */
  static final long LEAST_FREE_BYTES = 1L << 30;

  /** Marks a folder as ours, so that --fresh never empties somebody else's. */
  private static final String MARK = "voronka-data";

  /** Kafka and Flink take lists of folders, with these between them. */
  private static final Pattern USABLE_NAME = Pattern.compile("[^,:\\p{Cntrl}]*");

  private final Path root;
  private final FileChannel lockFile;

  private DataDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * Takes the folder for this process, creating it when needed.
   *
   * @throws StackException DISK_FULL, DATA_UNUSABLE, ALREADY_RUNNING
   */
  static DataDirectory open(Path folder, long leastFreeBytes) {
    Path root = folder.toAbsolutePath().normalize();
    if (!USABLE_NAME.matcher(root.toString()).matches()) {
      throw new StackException(
          Reason.DATA_UNUSABLE,
          "Kafka and Flink take no folder with a comma, a colon or a line break in its path, as in %s; give another one with --data"
              .formatted(root));
    }
    try {
      boolean foreign = Files.isDirectory(root) && !isOurs(root) && !isEmpty(root);
      if (foreign) {
        throw new StackException(
            Reason.DATA_UNUSABLE,
            root + " holds other things; give an empty or a new folder with --data");
      }
      Files.createDirectories(root);
      long free = Files.getFileStore(root).getUsableSpace();
      if (free < leastFreeBytes) {
        throw new StackException(
            Reason.DISK_FULL,
            "only %d MiB free at %s, the stack needs %d MiB; make room or give another folder with --data"
                .formatted(free >> 20, root, leastFreeBytes >> 20));
      }
      Files.writeString(root.resolve(MARK), "The data of one local Voronka stack.\n");
      return new DataDirectory(root, lock(root));
    } catch (IOException e) {
      throw unusable(root, e);
    }
  }

  /** Forgets everything but the unpacked programs. */
  void forget() {
    try (Stream<Path> children = Files.list(root)) {
      for (Path child : children.toList()) {
        String name = child.getFileName().toString();
        if (!name.equals("programs") && !name.equals("lock") && !name.equals(MARK)) {
          deleteAll(child);
        }
      }
    } catch (IOException e) {
      throw unusable(root, e);
    }
  }

  /** The folder itself, absolute. */
  Path root() {
    return root;
  }

  /** How much more fits on the disk. */
  long freeBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  /** A folder inside, created when needed. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw unusable(root, e);
    }
  }

  /** A folder inside with nothing in it. */
  Path emptied(String name) {
    try {
      deleteAll(root.resolve(name));
    } catch (IOException e) {
      throw unusable(root, e);
    }
    return folder(name);
  }

  /** A file inside; not created. */
  Path file(String name) {
    return root.resolve(name);
  }

  /** Writes a text file whole or not at all; returns its path. */
  Path write(String name, String text) {
    Path file = root.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Path half = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(half, text);
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw unusable(root, e);
    }
  }

  /**
   * A secret of this stack, made at the first start and readable by its owner only.
   *
   * @param bytes how much randomness, before Base64
   * @return the file that holds it, without a line end
   */
  Path secret(String name, int bytes) {
    Path file = folder("secrets").resolve(name);
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        Path half = file.resolveSibling(name + ".part");
        Files.deleteIfExists(half);
        Files.createFile(
            half,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(half, Base64.getEncoder().encodeToString(random));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    } catch (IOException e) {
      throw unusable(root, e);
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  /** Deletes a file or a folder with all that is in it; nothing when it is not there. */
  static void deleteAll(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static boolean isOurs(Path root) {
    return Files.exists(root.resolve(MARK));
  }

  private static boolean isEmpty(Path root) throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children.findAny().isEmpty();
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    Path file = root.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      String holder = Files.readString(file).trim();
      channel.close();
      throw new StackException(
          Reason.ALREADY_RUNNING,
          "a stack already runs on %s (process %s); stop it or give another folder with --data"
              .formatted(root, holder));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  private static StackException unusable(Path root, IOException e) {
    boolean full = String.valueOf(e.getMessage()).contains("No space left");
    return new StackException(
        full ? Reason.DISK_FULL : Reason.DATA_UNUSABLE,
        full ? "no space left at " + root : "cannot use the data folder " + root + ": " + why(e),
        e);
  }

  private static String why(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be read or written";
    }
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e.toString();
  }
}
