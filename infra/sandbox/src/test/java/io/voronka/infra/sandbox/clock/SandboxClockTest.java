package io.voronka.infra.sandbox.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxClockTest {
  private final SandboxClock clock =
      new SandboxClock(Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC));
  private final List<String> ran = new ArrayList<>();

  @Test
  void alarmsRunInOrderOfTimeEachAtItsOwnTime() {
    clock.schedule(5_000, () -> ran.add("late at " + clock.now()));
    clock.schedule(
        2_000,
        () -> {
          ran.add("early at " + clock.now());
          clock.schedule(3_000, () -> ran.add("chained at " + clock.now()));
        });

    clock.advance(9_000);

    assertThat(ran).containsExactly("early at 2000", "chained at 3000", "late at 5000");
    assertThat(clock.now()).isEqualTo(10_000);
  }

  @Test
  void frozenTimeMovesByHandOnlyAndGoesOnFromThere() {
    clock.freeze();
    clock.schedule(1_500, () -> ran.add("due"));

    assertThat(clock.untilNext()).isEqualTo(-1);
    clock.advance(600);
    assertThat(ran).containsExactly("due");
    clock.thaw();
    assertThat(clock.now()).isEqualTo(1_600);
    assertThat(clock.offset()).isEqualTo(600);
  }

  @Test
  void timeNeverGoesBack() {
    assertThatThrownBy(() -> clock.advance(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only goes forward");
  }
}
