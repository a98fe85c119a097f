package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartPauseTest {

  @Test
  void doublesUpToALimit() {
    RestartPause pause = new RestartPause();
    assertThat(Stream.generate(pause::next).limit(8).map(Duration::toMillis))
        .containsExactly(200L, 400L, 800L, 1600L, 3200L, 6400L, 10_000L, 10_000L);
  }

  @Test
  void aHealthyLifeMakesItShortAgainAndAShortOneDoesNot() {
    RestartPause pause = new RestartPause();
    pause.next();
    pause.next();
    pause.lived(Duration.ofSeconds(1));
    assertThat(pause.next()).isEqualTo(Duration.ofMillis(800));
    pause.lived(RestartPause.HEALTHY_LIFE);
    assertThat(pause.next()).isEqualTo(RestartPause.FIRST);
  }
}
