package io.voronka.infra.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

  @Test
  void isTheMiddleWhateverTheOrder() {
    assertThat(Median.of(List.of(9.0, 1.0, 5.0))).isEqualTo(5);
    assertThat(Median.of(List.of(7.0))).isEqualTo(7);
  }

  @Test
  void isBetweenTheMiddleTwoOfAnEvenNumber() {
    assertThat(Median.of(List.of(10.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }

  @Test
  void isNotMovedByOneDisturbedRound() {
    assertThat(Median.of(List.of(100.0, 101.0, 3.0, 99.0, 102.0))).isEqualTo(100);
  }

  @Test
  void needsValues() {
    assertThatThrownBy(() -> Median.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no values");
  }
}
