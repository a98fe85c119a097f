package io.voronka.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionKeysTest {

  @Test
  void crmActionsOfAnAccountShareItsKey() {
    assertThat(ActionKeys.account("acme", "main")).isEqualTo("acme|main");
  }

  @ParameterizedTest
  @CsvSource({
    "https://Hooks.Example.com/a?b=1, acme|//hooks.example.com",
    "https://hooks.example.com:443/, acme|//hooks.example.com",
    "http://hooks.example.com:8080/x, acme|//hooks.example.com:8080",
    "http://127.0.0.1:80/, acme|//127.0.0.1",
    "https://Пример.РФ/, acme|//xn--e1afmkfd.xn--p1ai",
    "https://xn--e1afmkfd.xn--p1ai:443/, acme|//xn--e1afmkfd.xn--p1ai",
    "http://bücher.example:8080/x, acme|//xn--bcher-kva.example:8080",
    "mailto:someone@example.com, acme|//!no-host",
    "http://bad host/, acme|//!no-host",
  })
  void aWebhookIsKeyedByTenantAndHost(String url, String key) {
    assertThat(ActionKeys.host("acme", url)).isEqualTo(key);
  }
}
