package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {

  @TempDir private Path folder;

  @Test
  void tooLittleRoomIsSaidInNumbers() {
    assertThatThrownBy(() -> DataDirectory.open(folder.resolve("data"), Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL))
        .hasMessageMatching("(?s)only \\d+ MiB free at .*data.*");
  }

  @Test
  void aFolderWithOtherThingsIsNotTouched() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> DataDirectory.open(folder, 0))
        .isInstanceOfSatisfying(
            StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_UNUSABLE))
        .hasMessageContaining("holds other things");
    assertThat(folder.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void aFileWhereTheFolderShouldBeIsAClearMessage() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "x");
    assertThatThrownBy(() -> DataDirectory.open(file, 0))
        .isInstanceOfSatisfying(
            StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_UNUSABLE))
        .hasMessageContaining("cannot use the data folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,b", "a:b", "a\nb"})
  void aPathThatKafkaOrFlinkWouldTakeForSeveralIsRefused(String name) {
    assertThatThrownBy(() -> DataDirectory.open(folder.resolve(name), 0))
        .isInstanceOfSatisfying(
            StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DATA_UNUSABLE))
        .hasMessageContaining("--data");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void onlyOneStackAtATime() throws IOException {
    try (DataDirectory first = DataDirectory.open(folder.resolve("data"), 0)) {
      assertThatThrownBy(() -> DataDirectory.open(first.root(), 0))
          .isInstanceOfSatisfying(
              StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_RUNNING))
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataDirectory.open(folder.resolve("data"), 0).close();
  }

  @Test
  void forgettingKeepsTheProgramsAndTheLockOnly() throws IOException {
    try (DataDirectory data = DataDirectory.open(folder.resolve("data"), 0)) {
      Files.writeString(data.folder("kafka").resolve("log"), "x");
      Files.writeString(data.folder("programs").resolve("postgres"), "x");
      Path secret = data.secret("key", 32);

      data.forget();

      assertThat(data.file("kafka")).doesNotExist();
      assertThat(secret).doesNotExist();
      assertThat(data.file("programs/postgres")).exists();
      assertThatThrownBy(() -> DataDirectory.open(data.root(), 0))
          .isInstanceOf(StackException.class);
    }
  }

  @Test
  void aSecretThatAFullDiskLeftEmptyIsMadeAnew() throws IOException {
    try (DataDirectory data = DataDirectory.open(folder.resolve("data"), 0)) {
      Files.createFile(data.folder("secrets").resolve("key"));

      assertThat(Base64.getDecoder().decode(Files.readString(data.secret("key", 32)))).hasSize(32);
    }
  }

  @Test
  void aSecretIsMadeOnceAndReadableByItsOwnerOnly() throws IOException {
    try (DataDirectory data = DataDirectory.open(folder.resolve("data"), 0)) {
      Path file = data.secret("key", 32);
      String first = Files.readString(file);
      assertThat(Base64.getDecoder().decode(first)).hasSize(32);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(data.secret("key", 32))).isEqualTo(first);
    }
  }
}
