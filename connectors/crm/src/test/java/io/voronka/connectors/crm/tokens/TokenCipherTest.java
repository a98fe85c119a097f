package io.voronka.connectors.crm.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCipherTest {
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final TokenCipher cipher = TokenCipher.withKey(KEY + "\n");

  @Test
  void opensWhatItSealed() throws Exception {
    byte[] sealed = cipher.seal("tökën", "t|a|access");

    assertThat(cipher.open(sealed, "t|a|access")).isEqualTo("tökën");
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("tök");
  }

  @Test
  void neverSealsTheSameTwice() {
    assertThat(cipher.seal("token", "p")).isNotEqualTo(cipher.seal("token", "p"));
  }

  @Test
  void anotherPlaceDoesNotOpen() {
    byte[] sealed = cipher.seal("token", "t|a|access");

    assertThatThrownBy(() -> cipher.open(sealed, "t|b|access"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void changedBytesDoNotOpen() {
    byte[] sealed = cipher.seal("token", "p");
    sealed[sealed.length - 1] ^= 1;

    assertThatThrownBy(() -> cipher.open(sealed, "p")).isInstanceOf(GeneralSecurityException.class);
    assertThatThrownBy(() -> cipher.open(new byte[] {1, 2}, "p"))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage("not a sealed token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c2hvcnQ=", "not base64!"})
  void badKeyIsRefusedWithoutRepeatingIt(String key) {
    assertThatThrownBy(() -> TokenCipher.withKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the key of the token store")
        .hasMessageNotContaining("short")
        .hasMessageNotContaining("not base64!");
  }
}
