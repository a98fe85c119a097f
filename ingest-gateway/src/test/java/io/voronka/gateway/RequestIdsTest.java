package io.voronka.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestIdsTest {
  @Test
  void differWithinARunAndBetweenRuns() {
    RequestIds one = new RequestIds(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    RequestIds other = new RequestIds(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 11});

    assertThat(one.get()).isEqualTo("0102030405060708090a000000000000");
    assertThat(one.get()).isEqualTo("0102030405060708090a000000000001");
    assertThat(other.get()).isEqualTo("0102030405060708090b000000000000");
  }
}
