package io.voronka.infra.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.stack.ComponentStatus;
import io.voronka.infra.local.stack.ComponentStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StackScreenTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void everyChangeIsALineWhereTheCursorCannotMove() {
    StackScreen screen = new StackScreen(out, false);
    screen.component(status(State.STARTING, 0));
    screen.component(status(State.STARTING, 0));
    screen.component(status(State.READY, 1));
    assertThat(text().lines())
        .containsExactly(
            "  kafka            starting",
            "  kafka            ready in 2.3 s     412 MB  127.0.0.1:9092");
  }

  @Test
  void linesChangeInPlaceOnATerminal() {
    StackScreen screen = new StackScreen(out, true);
    screen.component(status(State.STARTING, 0));
    screen.job("evaluate-rules", "submitting");
    screen.job("evaluate-rules", "RUNNING");
    assertThat(text()).contains("\u001b[2A").endsWith("  evaluate-rules   RUNNING\n");
  }

  @Test
  void aSecondStartIsCalledSo() {
    assertThat(StackScreen.describe(status(State.STARTING, 1))).isEqualTo("starting again");
  }

  private static ComponentStatus status(State state, int starts) {
    boolean ready = state == State.READY;
    return new ComponentStatus(
        "kafka",
        state,
        ready ? 77 : -1,
        starts,
        ready ? 2_345 : -1,
        "127.0.0.1:9092",
        ready ? OptionalLong.of(412L << 20) : OptionalLong.empty());
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
