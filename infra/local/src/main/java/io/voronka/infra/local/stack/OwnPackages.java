package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Which packages of a job's own can live on the cluster's class path: those of ours that have
 * classes and nothing else, and name no class that stays in the job's jar, since a class path does
 * not see what is in a job.
 */
final class OwnPackages {
  private static final String OURS = "io/voronka/";

  private OwnPackages() {}

  /**
   * @param alone packages that this job's jar holds and no other
   * @param shared entries of the jar that are taken out anyway
   * @return some of {@code alone}
   * @throws StackException NOT_BUILT
   */
  static Set<String> movable(JarContents job, Set<String> alone, Set<String> shared) {
    Set<String> held = new TreeSet<>();
    Set<String> withFiles = new TreeSet<>();
    for (String entry : job.entries().keySet()) {
      if (!shared.contains(entry)) {
        (JarContents.isClass(entry) ? held : withFiles).add(JarContents.packageOf(entry));
      }
    }
    Set<String> movable = new TreeSet<>(alone);
    movable.removeIf(name -> !name.startsWith(OURS) || withFiles.contains(name));
    Map<String, Set<String>> needs = needs(job, movable);
    while (movable.removeIf(
        name ->
            needs.get(name).stream()
                .anyMatch(need -> held.contains(need) && !movable.contains(need)))) {
      // One that stays may be what another needs.
    }
    return movable;
  }

  /** Package to the packages of all classes that its classes name. */
  private static Map<String, Set<String>> needs(JarContents job, Set<String> packages) {
    Map<String, Set<String>> needs = new TreeMap<>();
    try (ZipFile jar = new ZipFile(job.jar().toFile())) {
      for (String entry : job.entries().keySet()) {
        String name = JarContents.packageOf(entry);
        if (JarContents.isClass(entry) && packages.contains(name)) {
          addNeeds(jar, jar.getEntry(entry), needs.computeIfAbsent(name, any -> new TreeSet<>()));
        }
      }
    } catch (IOException e) {
      throw new StackException(Reason.NOT_BUILT, "cannot read " + job.jar() + ": " + e, e);
    }
    return needs;
  }

  private static void addNeeds(ZipFile jar, ZipEntry entry, Set<String> needs) throws IOException {
    Remapper names =
        new Remapper() {
          @Override
          public String map(String className) {
            needs.add(JarContents.packageOf(className));
            return className;
          }
        };
    try (InputStream bytes = jar.getInputStream(entry)) {
      // Written to nowhere: without a writer the bodies of methods are passed over.
      new ClassReader(bytes).accept(new ClassRemapper(new ClassWriter(0), names), 0);
    }
  }
}
