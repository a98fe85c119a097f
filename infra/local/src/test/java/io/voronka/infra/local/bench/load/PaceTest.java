package io.voronka.infra.local.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final long START = 1_234_567_890_123L;

  @Test
  void requestsAreEvenlySpacedFromTheStart() {
    Pace pace = new Pace(START, 1_000);

    assertThat(pace.dueNanos(0)).isEqualTo(START);
    assertThat(pace.dueNanos(1)).isEqualTo(START + 1_000_000);
    assertThat(pace.dueNanos(60_000)).isEqualTo(START + 60_000_000_000L);
  }

  @Test
  void nothingIsDueBeforeTheStart() {
    assertThat(new Pace(START, 1_000).dueBy(START - 1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 7, 999.9, 15_123.4, 1_000_000})
  void asManyAreDueAsHaveTheirMomentBehindThem(double perSecond) {
    Pace pace = new Pace(START, perSecond);

    for (long index : new long[] {0, 1, 2, 1_000, 123_457}) {
      long due = pace.dueNanos(index);
      assertThat(pace.dueBy(due - 1)).isEqualTo(index);
      assertThat(pace.dueBy(due)).isEqualTo(index + 1);
    }
  }

  @Test
  void aPaceOfNothingIsNone() {
    assertThatThrownBy(() -> new Pace(START, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
  }
}
