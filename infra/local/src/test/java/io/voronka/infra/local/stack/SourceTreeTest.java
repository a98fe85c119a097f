package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

  @TempDir private Path root;

  @BeforeEach
  void repository() throws IOException {
    Files.createDirectories(root.resolve("infra/parts"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
  }

  @Test
  void isFoundFromAnyFolderInside() throws IOException {
    Path deep = Files.createDirectories(root.resolve("infra/local/target/x"));
    assertThat(SourceTree.above(deep).orElseThrow().root()).isEqualTo(root);
    assertThat(SourceTree.above(root.getParent())).isEmpty();
  }

  @Test
  void anUnbuiltPartIsNamedTogetherWithTheRemedy() {
    SourceTree tree = new SourceTree(root);
    assertThatThrownBy(() -> tree.classPathOf("kafka"))
        .isInstanceOfSatisfying(
            StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_BUILT))
        .hasMessageContaining("infra/parts/kafka/target/classpath.txt is missing")
        .hasMessageContaining("mvn");
    assertThatThrownBy(() -> tree.jar("jobs/evaluate-rules", "job"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("jobs/evaluate-rules/target/*-job.jar is missing");
  }

  @Test
  void readsAClassPath() throws IOException {
    Path target = Files.createDirectories(root.resolve("infra/parts/kafka/target"));
    Files.writeString(target.resolve("classpath.txt"), "/a.jar:/b c.jar:\n");
    assertThat(new SourceTree(root).classPathOf("kafka"))
        .containsExactly(Path.of("/a.jar"), Path.of("/b c.jar"));
  }

  @Test
  void takesTheNewestJarOfTheRightKind() throws IOException {
    Path target = Files.createDirectories(root.resolve("jobs/x/target"));
    Path old = Files.writeString(target.resolve("x-0.1.0-job.jar"), "");
    Files.setLastModifiedTime(old, FileTime.fromMillis(1000));
    Path recent = Files.writeString(target.resolve("x-0.2.0-job.jar"), "");
    Files.writeString(target.resolve("x-0.3.0.jar"), "");
    assertThat(new SourceTree(root).jar("jobs/x", "job")).isEqualTo(recent);
  }

  @Test
  void testsRunWithTheModulesOwnClassesFirst() throws IOException {
    SourceTree tree = new SourceTree(root);
    assertThatThrownBy(() -> tree.testClassPath("jobs/x"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("the tests of jobs/x are not built")
        .hasMessageContaining("mvn");
    Path target = Files.createDirectories(root.resolve("jobs/x/target"));
    Files.createDirectories(target.resolve("test-classes"));
    Files.writeString(target.resolve("test-classpath.txt"), "/a.jar");
    assertThat(tree.testClassPath("jobs/x"))
        .containsExactly(
            target.resolve("test-classes"), target.resolve("classes"), Path.of("/a.jar"));
  }
}
