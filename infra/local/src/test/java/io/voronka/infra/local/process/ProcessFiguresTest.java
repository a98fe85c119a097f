package io.voronka.infra.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

  private static final long NOBODY = 4_194_999;

  @Test
  void thisProcess() {
    long self = ProcessHandle.current().pid();
    assertThat(ProcessFigures.residentBytes(self).orElseThrow()).isGreaterThan(10L << 20);
    assertThat(ProcessFigures.cpuMicros(self).orElseThrow()).isPositive();
    assertThat(ProcessFigures.startTicks(self).orElseThrow())
        .isGreaterThan(ProcessFigures.startTicks(1).orElseThrow());
    assertThat(ProcessFigures.runs(self, "java")).isTrue();
    assertThat(ProcessFigures.runs(self, "no-such-program")).isFalse();
  }

  @Test
  void noProcess() {
    assertThat(ProcessFigures.residentBytes(NOBODY)).isEmpty();
    assertThat(ProcessFigures.cpuMicros(NOBODY)).isEmpty();
    assertThat(ProcessFigures.startTicks(NOBODY)).isEmpty();
    assertThat(ProcessFigures.runs(NOBODY, "java")).isFalse();
  }
}
