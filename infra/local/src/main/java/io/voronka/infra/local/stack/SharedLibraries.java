package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * What the job jars of one stack have in common, and what is each job's own, taken out of them and
 * put on the cluster's class path: loaded and compiled once instead of once for each job and each
 * time that a job goes on.
 *
 * <p>Jobs are built to run anywhere, so each brings all its libraries, and Flink gives each job a
 * class loader of its own. On a small machine most of what a TaskManager does in its first half
 * minute would be to load and compile the same classes again and again, and a job that goes on from
 * a checkpoint would begin with its hottest code uncompiled.
 *
 * <p>A package is taken out when at least two jars hold it, all that hold it hold the very same
 * classes, and Flink itself does not have it; so are our own packages that one jar alone holds,
 * where they can do without the rest of it ({@link OwnPackages}). What such a package keeps in
 * static fields is then there once for all jobs, as it is wherever a class path is shared. The jars
 * that are left are submitted; a whole job jar still runs on the same cluster, with its own
 * libraries. Everything is kept under a name made of what it was made from, so a rebuilt jar never
 * meets another build's libraries.
 */
final class SharedLibraries {

  private static final String FLINK = "org.apache.flink.";

  /** To be changed with what is taken out: what an older rule made of the same jars is no use. */
  private static final String RULE = "own-packages";

  /**
   * Flink's own defaults but for {@value #FLINK}, which would hide a whole job jar's connectors.
   */
  private static final List<String> PARENT_FIRST =
      List.of(
          "java.",
          "scala.",
          "com.esotericsoftware.kryo",
          "javax.annotation.",
          "org.xml",
          "javax.xml",
          "org.apache.xerces",
          "org.w3c",
          "org.rocksdb.",
          "org.slf4j",
          "org.apache.log4j",
          "org.apache.logging",
          "org.apache.commons.logging",
          "ch.qos.logback");

  private final Path library;
  private final Map<Path, Path> slim;
  private final List<String> parentFirst;

  private SharedLibraries(Path library, Map<Path, Path> slim, List<String> parentFirst) {
    this.library = library;
    this.slim = slim;
    this.parentFirst = parentFirst;
  }

  /**
   * Finds or makes what these jars share.
   *
   * @param clusterClassPath what Flink itself has
   * @param folder where the results are kept
   * @throws StackException NOT_BUILT, DATA_UNUSABLE
   */
  static SharedLibraries of(Collection<Path> jobJars, List<Path> clusterClassPath, Path folder) {
    List<JarContents> jobs = jobJars.stream().distinct().map(JarContents::of).toList();
    List<JarContents> cluster = clusterClassPath.stream().map(JarContents::of).toList();
    Set<String> taken = new TreeSet<>();
    cluster.forEach(jar -> taken.addAll(jar.packages()));
    Path kept = folder.resolve(nameFor(jobs, taken));
    Path library = kept.resolve("shared-libraries.jar");
    Map<Path, Path> slim = new LinkedHashMap<>();
    jobs.forEach(job -> slim.put(job.jar(), kept.resolve(job.jar().getFileName())));
    try {
      if (!Files.isDirectory(kept)) {
        Map<String, Path> shared = shared(jobs, taken);
        if (shared.isEmpty()) {
          return none();
        }
        make(kept, library.getFileName(), shared, slim.keySet());
      }
      KeptBuilds.use(kept, Instant.now());
    } catch (IOException e) {
      throw new StackException(Reason.DATA_UNUSABLE, "cannot write to " + kept + ": " + e, e);
    }
    Set<String> shared = JarContents.of(library).entries().keySet();
    return new SharedLibraries(library, slim, parentFirst(cluster, shared));
  }

  /** Nothing: each job brings all its libraries. */
  static SharedLibraries none() {
    return new SharedLibraries(null, Map.of(), List.of());
  }

  /** A cluster's class path with what is shared behind it. */
  List<Path> behind(List<Path> clusterClassPath) {
    List<Path> path = new ArrayList<>(clusterClassPath);
    if (library != null) {
      path.add(library);
    }
    return path;
  }

  /** The jar to submit in place of a job's whole jar. */
  Path slim(Path jobJar) {
    return slim.getOrDefault(jobJar, jobJar);
  }

  /** What a job never takes from its own jar; empty for Flink's own defaults. */
  List<String> parentFirst() {
    return parentFirst;
  }

  /** Entry to a jar that holds it. */
  private static Map<String, Path> shared(List<JarContents> jobs, Set<String> taken) {
    Map<String, Path> shared = new TreeMap<>();
    Map<String, Map<Path, Map<String, String>>> classes = new HashMap<>();
    for (JarContents job : jobs) {
      job.entries()
          .forEach(
              (entry, fingerprint) ->
                  classes
                      .computeIfAbsent(group(entry), any -> new LinkedHashMap<>())
                      .computeIfAbsent(job.jar(), any -> new TreeMap<>())
                      .put(entry, fingerprint));
    }
    classes.forEach(
        (group, holders) -> {
          boolean same = new HashSet<>(holders.values()).size() == 1;
          if (holders.size() > 1 && same && !taken.contains(group)) {
            Map.Entry<Path, Map<String, String>> first = holders.entrySet().iterator().next();
            first.getValue().keySet().forEach(entry -> shared.put(entry, first.getKey()));
          }
        });
    for (JarContents job : jobs) {
      Set<String> alone = new TreeSet<>(job.packages());
      alone.removeIf(name -> taken.contains(name) || classes.get(name).size() > 1);
      Set<String> movable = OwnPackages.movable(job, alone, shared.keySet());
      movable.forEach(
          name -> classes.get(name).get(job.jar()).keySet().forEach(e -> shared.put(e, job.jar())));
    }
    return shared;
  }

  /** Classes go by packages, since those of one package see each other's insides. */
  private static String group(String entry) {
    return JarContents.isClass(entry) ? JarContents.packageOf(entry) : entry;
  }

  /** Flink's own packages and classes, named so that no prefix covers something shared. */
  private static List<String> parentFirst(List<JarContents> cluster, Set<String> shared) {
    Set<String> prefixes = new TreeSet<>(PARENT_FIRST);
    Set<String> ours = new TreeSet<>();
    shared.stream()
        .filter(JarContents::isClass)
        .map(JarContents::className)
        .filter(name -> name.startsWith(FLINK))
        .forEach(ours::add);
    Predicate<String> coversOurs =
        prefix -> ours.stream().anyMatch(name -> name.startsWith(prefix));
    for (JarContents jar : cluster) {
      jar.entries().keySet().stream()
          .filter(JarContents::isClass)
          .map(JarContents::className)
          .filter(name -> name.startsWith(FLINK))
          .forEach(name -> prefixes.add(shortest(name, coversOurs)));
    }
    return List.copyOf(prefixes);
  }

  private static String shortest(String className, Predicate<String> tooShort) {
    int end = className.indexOf('.', FLINK.length());
    while (end > 0) {
      String prefix = className.substring(0, end + 1);
      if (!tooShort.test(prefix)) {
        return prefix;
      }
      end = className.indexOf('.', end + 1);
    }
    return className;
  }

  private static String nameFor(List<JarContents> jobs, Set<String> taken) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(RULE.getBytes(StandardCharsets.UTF_8));
      for (JarContents job : jobs) {
        digest.update((job.jar() + "\n" + job.entries() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      digest.update(taken.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whole or not at all: two stacks may start at once. */
  private static void make(Path kept, Path library, Map<String, Path> shared, Set<Path> jobs)
      throws IOException {
    Files.createDirectories(kept.getParent());
    Path half = Files.createTempDirectory(kept.getParent(), "making-");
    try {
      write(
          half.resolve(library),
          Set.copyOf(shared.values()),
          (jar, name) -> jar.equals(shared.get(name)));
      for (Path job : jobs) {
        write(
            half.resolve(job.getFileName()), Set.of(job), (jar, name) -> !shared.containsKey(name));
      }
      Files.move(half, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      // The other one was first.
      DataDirectory.deleteAll(half);
    }
  }

  /** Not compressed: read far more often than written. */
  private static void write(Path target, Set<Path> sources, BiPredicate<Path, String> wanted)
      throws IOException {
    try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(target));
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setMethod(ZipOutputStream.STORED);
      for (Path source : sources) {
        try (ZipFile in = new ZipFile(source.toFile())) {
          for (ZipEntry entry : Collections.list(in.entries())) {
            if (!entry.isDirectory() && wanted.test(source, entry.getName())) {
              copy(in, entry, out);
            }
          }
        }
      }
    }
  }

  private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
    ZipEntry plain = new ZipEntry(entry.getName());
    plain.setSize(entry.getSize());
    plain.setCrc(entry.getCrc());
    plain.setTime(0);
    to.putNextEntry(plain);
    try (InputStream content = from.getInputStream(entry)) {
      content.transferTo(to);
    }
    to.closeEntry();
  }
}
