package io.voronka.connectors.crm.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class HmacSignatureTest {
  private static final String MESSAGE = "00000000-0000-0000-0000-000000000001|31337001";
  private static final String KNOWN =
      "c712f67b090bd21e088af9ec37821e016925e53609a56a0a1487013a9b7590b6";

  @Test
  void agreesWithAKnownSignature() {
    assertThat(HmacSignature.of("client_secret_1", MESSAGE)).isEqualTo(KNOWN);
  }

  @Test
  void matchesOnlyTheWholeSignature() {
    assertThat(HmacSignature.matches("client_secret_1", MESSAGE, KNOWN)).isTrue();
    assertThat(HmacSignature.matches("client_secret_1", MESSAGE, KNOWN.toUpperCase(Locale.ROOT)))
        .isTrue();
    assertThat(HmacSignature.matches("client_secret_2", MESSAGE, KNOWN)).isFalse();
    assertThat(HmacSignature.matches("client_secret_1", MESSAGE + "1", KNOWN)).isFalse();
    assertThat(HmacSignature.matches("client_secret_1", MESSAGE, KNOWN.substring(1))).isFalse();
    assertThat(HmacSignature.matches("client_secret_1", MESSAGE, "")).isFalse();
  }
}
