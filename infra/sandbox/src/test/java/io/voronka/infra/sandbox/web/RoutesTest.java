package io.voronka.infra.sandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoutesTest {
  private final Routes<String> routes =
      new Routes<String>()
          .on("GET", "/leads/pipelines", "pipelines")
          .on("GET", "/leads/{id}", "lead")
          .on("PATCH", "/leads/{id}", "patch");

  @Test
  void theFirstMatchWins() {
    assertThat(routes.find("GET", "/leads/pipelines").handler()).isEqualTo("pipelines");
    assertThat(routes.find("GET", "/leads/7").parameters()).containsExactly("7");
  }

  @Test
  void anUnknownMethodOfAKnownPathIsToldFromAnUnknownPath() {
    assertThat(routes.find("DELETE", "/leads/7").allowed()).containsExactly("GET", "PATCH");
    assertThat(routes.find("GET", "/nothing").allowed()).isEmpty();
    assertThat(routes.find("GET", "/leads/").handler()).isNull();
  }
}
