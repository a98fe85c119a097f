package io.voronka.infra.sandbox.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HookHealthTest {
  private final HookHealth health = new HookHealth(1_000);

  @Test
  void moreThanAHundredBadAnswersInTheWindowAreTooMany() {
    for (int i = 0; i < 100; i++) {
      assertThat(health.sick(false, 10)).isFalse();
    }
    assertThat(health.sick(false, 11)).isTrue();
  }

  @Test
  void theLatestAnswerMustBeBad() {
    for (int i = 0; i < 150; i++) {
      health.sick(false, 10);
    }
    assertThat(health.sick(true, 11)).isFalse();
    assertThat(health.sick(false, 12)).isTrue();
  }

  @Test
  void badAnswersLeaveTheWindow() {
    for (int i = 0; i < 100; i++) {
      health.sick(false, 10);
    }
    assertThat(health.sick(false, 1_010)).isFalse();
  }
}
