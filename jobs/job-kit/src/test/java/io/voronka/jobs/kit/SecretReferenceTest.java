package io.voronka.jobs.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretReferenceTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "s3cret");

  @Test
  void aVariableIsReadWhenTheSecretIsUsed() {
    SecretReference secret = new SecretReference("env:TOKEN");

    assertThat(secret.resolve(ENVIRONMENT::get)).isEqualTo("s3cret");
    assertThat(secret.toString()).doesNotContain("s3cret");
  }

  @Test
  void aFileIsReadWithoutTheLineBreakAtItsEnd(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "s3cret\n");

    assertThat(new SecretReference("file:" + file).resolve(ENVIRONMENT::get)).isEqualTo("s3cret");
  }

  @Test
  void whatIsMissingIsSaidByItsReference(@TempDir Path folder) {
    assertThatThrownBy(() -> new SecretReference("env:OTHER").resolve(ENVIRONMENT::get))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not set: env:OTHER");
    assertThatThrownBy(
            () -> new SecretReference("file:" + folder.resolve("no")).resolve(ENVIRONMENT::get))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot read the secret of file:");
  }
}
