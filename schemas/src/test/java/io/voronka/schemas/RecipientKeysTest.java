package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipientKeysTest {

  @ParameterizedTest
  @CsvSource({
    "+7 999 123-45-67,   phone:79991234567",
    "8 (999) 123-45-67,  phone:79991234567",
    "79991234567,        phone:79991234567",
    "+82 21 234 5678,    phone:82212345678",
    "+1 415 555 26 71,   phone:14155552671",
  })
  void oneNumberHasOneNameHoweverItIsWritten(String written, String name) {
    assertThat(RecipientKeys.phone(written)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1234", "+7 999 123-45-67 доб. 4", "client@example.com", "12345678901234567"})
  void whatIsNoNumberHasNone(String written) {
    assertThat(RecipientKeys.phone(written)).isEmpty();
  }

  @Test
  void aMailAddressIsTheSameInCapitals() {
    assertThat(RecipientKeys.mail(" Client@Example.COM ")).contains("mail:client@example.com");
    assertThat(RecipientKeys.mail("client")).isEmpty();
    assertThat(RecipientKeys.mail("a|b@example.com")).isEmpty();
  }

  @Test
  void aContactIsOneOfItsAccount() {
    assertThat(RecipientKeys.contact("main", "42")).isEqualTo("contact:main/42");
  }
}
