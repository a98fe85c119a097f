package io.voronka.infra.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.voronka.infra.local.stack.ComponentStatus.State;
import io.voronka.infra.local.stack.StackException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts for components. */
class SupervisorTest {

  @TempDir private Path folder;

  private final List<State> states = new CopyOnWriteArrayList<>();
  private final AtomicInteger endings = new AtomicInteger();
  private Supervisor supervisor;

  @AfterEach
  void stop() {
    if (supervisor != null) {
      supervisor.stop();
    }
  }

  @Test
  void launchesAgainWhatEnded() {
    start("touch ready; exec sleep 600", Duration.ofSeconds(20));
    supervisor.awaitReady();
    long first = supervisor.status().pid();

    supervisor.kill();
    supervisor.awaitReady(2);

    assertThat(supervisor.status().pid()).isNotEqualTo(first).isPositive();
    assertThat(supervisor.status().starts()).isEqualTo(2);
    assertThat(endings).hasValue(1);
    // Those who wait are woken before those who listen.
    await()
        .untilAsserted(
            () ->
                assertThat(states)
                    .containsExactly(
                        State.STARTING, State.READY, State.DOWN, State.STARTING, State.READY));
  }

  @Test
  void givesUpOnWhatNeverServedAndShowsItsLastWords() {
    start("echo 'no room for my log'; exit 3", Duration.ofSeconds(20));
    assertThatThrownBy(() -> supervisor.awaitReady())
        .isInstanceOfSatisfying(
            StackException.class, e -> assertThat(e.reason()).isEqualTo(Reason.COMPONENT_FAILED))
        .hasMessageContaining("script ended with exit code 3")
        .hasMessageContaining("see " + folder.resolve("logs/script.out"))
        .hasMessageContaining("no room for my log");
    assertThat(supervisor.status().state()).isEqualTo(State.FAILED);
  }

  @Test
  void givesUpOnWhatTakesTooLongAndEndsIt() {
    start("exec sleep 600", Duration.ofMillis(300));
    assertThatThrownBy(() -> supervisor.awaitReady())
        .isInstanceOf(StackException.class)
        .hasMessageContaining("did not become ready");
    assertThat(supervisor.status().pid()).isEqualTo(-1);
  }

  @Test
  void stopsForGood() {
    start("touch ready; exec sleep 600", Duration.ofSeconds(20));
    supervisor.awaitReady();
    long pid = supervisor.status().pid();

    supervisor.stop();

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(supervisor.status().state()).isEqualTo(State.STOPPED);
    assertThat(endings).hasValue(0);
  }

  @Test
  void endsWhatIgnoresTheFriendlySignal() {
    start("trap '' TERM; touch ready; while :; do sleep 1; done", Duration.ofSeconds(20));
    supervisor.awaitReady();
    long pid = supervisor.status().pid();

    supervisor.stop();

    await().until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  private void start(String script, Duration readyWithin) {
    supervisor =
        new Supervisor(
            new Script(script, readyWithin),
            folder.resolve("work"),
            folder.resolve("logs"),
            status -> states.add(status.state()),
            endings::incrementAndGet);
    supervisor.start();
  }

  private final class Script implements Component {

    private final String script;
    private final Duration readyWithin;

    Script(String script, Duration readyWithin) {
      this.script = script;
      this.readyWithin = readyWithin;
    }

    @Override
    public String name() {
      return "script";
    }

    @Override
    public String address() {
      return "";
    }

    @Override
    public Launch launch() throws Exception {
      Files.deleteIfExists(folder.resolve("work/ready"));
      return new Launch(List.of("sh", "-c", script), Map.of());
    }

    @Override
    public boolean ready() {
      return Files.exists(folder.resolve("work/ready"));
    }

    @Override
    public Duration readyWithin() {
      return readyWithin;
    }

    @Override
    public Duration stopGrace() {
      return Duration.ofMillis(500);
    }
  }
}
