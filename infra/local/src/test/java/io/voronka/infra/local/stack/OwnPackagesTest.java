package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class OwnPackagesTest {
  private static final String RULES = "io/voronka/rules";
  private static final String JOB = "io/voronka/job";

  @TempDir private Path folder;

  @Test
  void oursMoveWhenAllThatTheyNameMovesOrIsShared() throws IOException {
    JarContents job =
        jar(
            List.of(
                ofClass(JOB + "/Job", RULES + "/Rule", "lib/Shared", "java/util/List"),
                ofClass(RULES + "/Rule", JOB + "/Job")));

    assertThat(OwnPackages.movable(job, Set.of(JOB, RULES), Set.of("lib/Shared.class")))
        .containsExactly(JOB, RULES);
  }

  /** The class path does not see what is in a job. */
  @Test
  void whatNamesAClassThatStaysStaysAndSoDoesWhatNamesThat() throws IOException {
    JarContents job =
        jar(
            List.of(
                ofClass(JOB + "/Job", RULES + "/Rule"),
                ofClass(RULES + "/Rule", "lib/Left"),
                ofClass("io/voronka/other/Other", "java/util/List"),
                ofClass("lib/Left")));

    assertThat(OwnPackages.movable(job, Set.of(JOB, RULES, "io/voronka/other", "lib"), Set.of()))
        .containsExactly("io/voronka/other");
  }

  /** Another jar holds it too, in another build. */
  @Test
  void whatTwoJarsHoldCountsAsLeft() throws IOException {
    JarContents job =
        jar(List.of(ofClass(JOB + "/Job", RULES + "/Rule"), ofClass(RULES + "/Rule")));

    assertThat(OwnPackages.movable(job, Set.of(JOB), Set.of())).isEmpty();
  }

  /** A class finds a file beside it by its own loader. */
  @Test
  void aPackageWithFilesStays() throws IOException {
    JarContents job =
        jar(List.of(ofClass(JOB + "/Job"), new Entry(JOB + "/words.properties", new byte[1])));

    assertThat(OwnPackages.movable(job, Set.of(JOB), Set.of())).isEmpty();
  }

  private record Entry(String name, byte[] content) {}

  /** A class with one method, which makes one of each. */
  private static Entry ofClass(String name, String... named) {
    ClassWriter out = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    out.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    MethodVisitor method = out.visitMethod(Opcodes.ACC_STATIC, "make", "()V", null, null);
    method.visitCode();
    for (String other : named) {
      method.visitTypeInsn(Opcodes.NEW, other);
      method.visitInsn(Opcodes.POP);
    }
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    out.visitEnd();
    return new Entry(name + ".class", out.toByteArray());
  }

  private JarContents jar(List<Entry> entries) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    entries.forEach(entry -> bytes.put(entry.name(), entry.content()));
    return JarContents.of(JarFiles.write(folder.resolve("job.jar"), bytes));
  }
}
