package io.voronka.infra.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.sandbox.clock.SandboxClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FaultBoardTest {
  private final SandboxClock clock = new SandboxClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  private final FaultBoard board = new FaultBoard(clock);

  @Test
  void aSwitchHitsTheCallsItNamesSoManyTimes() {
    board.add(fault("acme", "POST", "/tasks", 2, null, 1));

    assertThat(board.take("umbra", "POST", "/tasks")).isEmpty();
    assertThat(board.take("acme", "GET", "/tasks")).isEmpty();
    assertThat(board.take("acme", "POST", "/leads")).isEmpty();
    assertThat(board.take("acme", "POST", "/tasks")).as("skipped").isEmpty();
    assertThat(board.take("acme", "POST", "/tasks")).isPresent();
    assertThat(board.take("acme", "POST", "/tasks")).isPresent();
    assertThat(board.take("acme", "POST", "/tasks")).isEmpty();
  }

  @Test
  void aSwitchEndsAfterItsTime() {
    board.add(fault(null, null, null, null, 500L, null));

    clock.advance(499);
    assertThat(board.take("acme", "GET", "/")).isPresent();
    clock.advance(1);
    assertThat(board.take("acme", "GET", "/")).isEmpty();
    assertThat(board.list()).isEmpty();
  }

  @Test
  void aSwitchWithoutHarmIsRefused() {
    assertThatThrownBy(
            () ->
                board.add(
                    new Fault(null, null, null, null, null, null, null, null, null, null, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs status, drop or delay_ms");
  }

  private static Fault fault(
      String account, String method, String path, Integer times, Long forMs, Integer skip) {
    return new Fault(account, method, path, times, forMs, skip, null, 503, null, null, null);
  }
}
