package io.voronka.infra.local.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PacerTest {
  private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

  @Test
  void requestsAreEvenlySpaced() {
    Pacer pacer = Pacer.perSecond(2);

    assertThat(pacer.take(NOW)).isZero();
    assertThat(pacer.take(NOW)).isEqualTo(Duration.ofMillis(500));
    assertThat(pacer.take(NOW.plusMillis(500))).isEqualTo(Duration.ofMillis(500));
    assertThat(pacer.take(NOW.plusSeconds(60))).as("nothing is saved up").isZero();
    assertThat(pacer.take(NOW.plusSeconds(60))).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aPauseIsKept() {
    Pacer pacer = Pacer.perSecond(2);
    pacer.take(NOW);

    pacer.pauseUntil(NOW.plusSeconds(7));

    assertThat(pacer.take(NOW.plusSeconds(1))).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void tooManyRequestsHalveThePaceUntilTwentyAnswersCameWell() {
    Pacer pacer = Pacer.perSecond(2);

    pacer.slowDown();
    pacer.slowDown();
    assertThat(pacer.interval()).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 19; i++) {
      pacer.answered();
    }
    assertThat(pacer.interval()).isEqualTo(Duration.ofSeconds(2));
    pacer.answered();
    assertThat(pacer.interval()).isEqualTo(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      pacer.answered();
    }
    assertThat(pacer.interval()).as("never faster than asked for").hasMillis(500);
  }

  @Test
  void thereIsASlowestPace() {
    Pacer pacer = Pacer.perSecond(1);
    for (int i = 0; i < 20; i++) {
      pacer.slowDown();
    }

    assertThat(pacer.interval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void noPaceIsAnError() {
    assertThatThrownBy(() -> Pacer.perSecond(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 requests a second");
  }
}
