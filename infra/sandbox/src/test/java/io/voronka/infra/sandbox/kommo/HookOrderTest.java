package io.voronka.infra.sandbox.kommo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HookOrderTest {
  @Test
  void aboutHalfGoFirstAndTheSameSeedChoosesTheSame() {
    long first = LongStream.range(0, 10_000).filter(n -> HookOrder.HALF.first(1, n)).count();

    assertThat(first).isBetween(4_800L, 5_200L);
    assertThat(LongStream.range(0, 100).mapToObj(n -> HookOrder.HALF.first(1, n)))
        .containsExactlyElementsOf(
            LongStream.range(0, 100).mapToObj(n -> HookOrder.HALF.first(1, n)).toList());
    assertThat(LongStream.range(0, 100).filter(n -> HookOrder.HALF.first(2, n)).count())
        .isBetween(30L, 70L);
  }

  @Test
  void theOrderCanBeFixed() {
    assertThat(HookOrder.ALWAYS_FIRST.first(1, 7)).isTrue();
    assertThat(HookOrder.NEVER_FIRST.first(1, 7)).isFalse();
  }
}
