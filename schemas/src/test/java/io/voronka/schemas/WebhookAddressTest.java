package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAddressTest {

  @ParameterizedTest
  @CsvSource({
    "https://пример.рф, https://xn--e1afmkfd.xn--p1ai",
    "' https://ПРИМЕР.рф:8443/a?b=1#c ', https://xn--e1afmkfd.xn--p1ai:8443/a?b=1#c",
    "https://crm.münchen.example/, https://crm.xn--mnchen-3ya.example/",
    "https://例え。テスト/, https://xn--r8jz45g.xn--zckzah/",
    "https://hooks.example/путь?имя=я, https://hooks.example/%D0%BF%D1%83%D1%82%D1%8C?%D0%B8%D0%BC%D1%8F=%D1%8F",
    "https://hooks.example/%d0%bf, https://hooks.example/%d0%bf",
  })
  void aHostOfAnotherAlphabetIsReadInAscii(String written, String read) throws Exception {
    assertThat(WebhookAddress.parse(written)).hasToString(read);
    assertThat(WebhookAddress.parse(written).getHost()).isNotNull();
  }

  /** What a name of other letters must not turn into: an address, or a host with a user. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://１２７.0.0.1/",
        "http://127。0。0。1/",
        "http://я@пример.рф/",
        "http://пример..рф/",
        "http://пример.рф./",
        "http://при_мер.рф/",
        "http://п\u2488example.com/",
        "mailto:я@пример.рф"
      })
  void whatIsNoPlainNameHasNoHost(String written) throws Exception {
    assertThat(WebhookAddress.parse(written).getHost()).isNull();
  }
}
