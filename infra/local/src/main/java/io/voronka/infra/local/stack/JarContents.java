package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is in a jar, by its table of contents alone.
 *
 * @param jar the file
 * @param entries name to fingerprint; without folders and without {@code META-INF}
 */
record JarContents(Path jar, Map<String, String> entries) {

  private static final String CLASS = ".class";

  /**
   * Reads the table of contents.
   *
   * @throws StackException NOT_BUILT
   */
  static JarContents of(Path jar) {
    Map<String, String> entries = new TreeMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      file.stream()
          .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("META-INF/"))
          .forEach(entry -> entries.put(entry.getName(), fingerprint(entry)));
    } catch (IOException e) {
      throw new StackException(Reason.NOT_BUILT, "cannot read " + jar + ": " + e, e);
    }
    return new JarContents(jar, entries);
  }

  /** The folders that hold classes. */
  Set<String> packages() {
    Set<String> packages = new TreeSet<>();
    entries.keySet().stream()
        .filter(JarContents::isClass)
        .forEach(name -> packages.add(packageOf(name)));
    return packages;
  }

  static boolean isClass(String entry) {
    return entry.endsWith(CLASS);
  }

  /** {@code io/voronka/schemas} of {@code io/voronka/schemas/CrmEvent.class}. */
  static String packageOf(String entry) {
    int end = entry.lastIndexOf('/');
    return end < 0 ? "" : entry.substring(0, end);
  }

  /** {@code io.voronka.schemas.CrmEvent} of {@code io/voronka/schemas/CrmEvent.class}. */
  static String className(String entry) {
    return entry.substring(0, entry.length() - CLASS.length()).replace('/', '.');
  }

  private static String fingerprint(ZipEntry entry) {
    return Long.toHexString(entry.getCrc()) + '-' + entry.getSize();
  }
}
