package io.voronka.connectors.crm.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  @TempDir Path folder;

  private final Secrets secrets = new Secrets(Map.of("A", " one\n", "EMPTY", " ")::get);

  @Test
  void findsVariablesAndFiles() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "two\n");

    assertThat(secrets.resolve(SecretReference.parse("env:A"))).isEqualTo("one");
    assertThat(secrets.resolve(SecretReference.parse("file:" + file))).isEqualTo("two");
  }

  @Test
  void namesTheReferenceOfWhatIsNotThere() throws Exception {
    Path large = Files.write(folder.resolve("large"), new byte[70_000]);

    assertUnresolved("env:B", "env:B is not set");
    assertUnresolved("env:EMPTY", "env:EMPTY is empty");
    assertUnresolved("file:/no/such", "file:/no/such cannot be read: NoSuchFileException");
    assertUnresolved("file:" + large, "file:" + large + " is larger than 65536 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret-token", "env:", "env:A B", "file:relative", "vault:x"})
  void otherTextIsNoReferenceAndIsNotRepeated(String text) {
    assertThatThrownBy(() -> SecretReference.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a secret is referenced by env:NAME or file:/path");
  }

  @Test
  void referencesAreEqualByTheirText() {
    assertThat(SecretReference.parse("env:A"))
        .isEqualTo(SecretReference.parse("env:A"))
        .hasSameHashCodeAs(SecretReference.parse("env:A"))
        .isNotEqualTo(SecretReference.parse("env:B"))
        .hasToString("env:A");
  }

  private void assertUnresolved(String reference, String message) {
    assertThatThrownBy(() -> secrets.resolve(SecretReference.parse(reference)))
        .isInstanceOf(UnresolvedSecretException.class)
        .hasMessage(message);
  }
}
