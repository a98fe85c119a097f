package io.voronka.infra.local.stack;

import io.voronka.infra.local.process.ChildProcess;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.process.ProcessFigures;
import io.voronka.infra.local.stack.ComponentStatus.State;
import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Launches one component, sees it become ready, launches it again when it ends, until stopped. */
final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Component component;
  private final Path directory;
  private final Path logs;
  private final Consumer<ComponentStatus> changed;
  private final Runnable ended;
  private final Thread thread;
  private final RestartPause pause = new RestartPause();

  private final Object lock = new Object();
  private State state = State.WAITING;
  private ChildProcess child;
  private int starts;
  private int readyCount;
  private long readyMillis = -1;
  private StackException failure;
  private boolean stopping;

  /**
   * @param directory working directory of the child
   * @param logs folder of the child's log and of {@code <name>.out}, its standard output
   * @param changed hears every change of state
   * @param ended runs when the child ended unasked, before it is launched again
   */
  Supervisor(
      Component component,
      Path directory,
      Path logs,
      Consumer<ComponentStatus> changed,
      Runnable ended) {
    this.component = component;
    this.directory = directory;
    this.logs = logs;
    this.changed = changed;
    this.ended = ended;
    this.thread = new Thread(this::run, "supervise-" + component.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void awaitReady() {
    awaitReady(1);
  }

  /** Waits until it has been ready this often; throws COMPONENT_FAILED or STOPPED. */
  void awaitReady(int times) {
    synchronized (lock) {
      while (!(state == State.READY && readyCount >= times)) {
        if (failure != null) {
          throw failure;
        }
        if (stopping || state == State.STOPPED) {
          throw new StackException(Reason.STOPPED, component.name() + " was told to stop");
        }
        try {
          lock.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new StackException(Reason.STOPPED, "interrupted", e);
        }
      }
    }
  }

  /** How often the component became ready, the first time included. */
  int readyCount() {
    return locked(() -> readyCount);
  }

  boolean isReady() {
    return locked(() -> state == State.READY);
  }

  /** Ends the child and what it started at once, as a crash would; it is then launched again. */
  void kill() {
    ChildProcess current = current();
    for (long pid : component.furtherPids()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    if (current != null) {
      current.kill();
    }
  }

  /** Ends the child in the orderly way; the supervisor then launches it again. */
  void restart() {
    ChildProcess current = current();
    if (current != null) {
      current.stop(component.stopGrace());
    }
  }

  /** Ends the child for good; does nothing when it has ended. Returns when it is gone. */
  void stop() {
    ChildProcess current;
    synchronized (lock) {
      stopping = true;
      current = child;
      lock.notifyAll();
    }
    thread.interrupt();
    if (current != null) {
      current.stop(component.stopGrace());
    }
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The thread may have launched another one while it was told to stop.
    ChildProcess late = current();
    if (late != null && late.alive()) {
      late.kill();
    }
    enter(State.STOPPED);
  }

  String name() {
    return component.name();
  }

  ComponentStatus status() {
    synchronized (lock) {
      boolean alive = child != null && child.alive();
      return new ComponentStatus(
          component.name(),
          state,
          alive ? child.pid() : -1,
          starts,
          readyMillis,
          component.address(),
          alive
              ? ProcessFigures.residentBytes(child.pid(), component.furtherPids())
              : OptionalLong.empty());
    }
  }

  private void run() {
    while (!isStopping()) {
      try {
        if (!launchAndWatch()) {
          return;
        }
      } catch (Exception e) {
        if (isStopping()) {
          return;
        }
        LOG.warn("{} could not be launched", component.name(), e);
        if (giveUp("could not be launched: " + e)) {
          return;
        }
      }
      enter(State.DOWN);
      Polling.pause(pause.next());
    }
  }

  /** One life of the child; false when it was the last. */
  private boolean launchAndWatch() throws Exception {
    enter(State.STARTING);
    long begun = System.nanoTime();
    Component.Launch launch = component.launch();
    ChildProcess started = launchUnlessStopping(launch);
    if (started == null) {
      return false;
    }
    boolean ready =
        Polling.until(
            component.readyWithin(),
            POLL,
            () -> !started.alive() || isStopping() || component.ready());
    if (isStopping()) {
      return false;
    }
    long took = (System.nanoTime() - begun) / 1_000_000;
    if (!ready) {
      started.kill();
      LOG.warn("{} did not become ready within {} ms", component.name(), took);
      return !giveUp("did not become ready within " + component.readyWithin().toSeconds() + " s");
    }
    if (!started.alive()) {
      LOG.warn(
          "{} ended with exit code {} after {} ms", component.name(), started.exitCode(), took);
      return !giveUp("ended with exit code " + started.exitCode() + " while starting");
    }
    becameReady(took);
    started.ended().join();
    if (isStopping()) {
      return false;
    }
    pause.lived(Duration.ofNanos(System.nanoTime() - begun));
    LOG.warn(
        "{} (pid {}) ended with exit code {}", component.name(), started.pid(), started.exitCode());
    ended.run();
    return true;
  }

  private ChildProcess launchUnlessStopping(Component.Launch launch) throws IOException {
    synchronized (lock) {
      if (stopping) {
        return null;
      }
      child =
          ChildProcess.start(
              launch.command(),
              launch.environment(),
              directory,
              logs.resolve(component.name() + ".out"));
      starts++;
      readyMillis = -1;
      return child;
    }
  }

  private void becameReady(long took) {
    synchronized (lock) {
      readyMillis = took;
      readyCount++;
    }
    enter(State.READY);
  }

  /** A component that never served is not worth waiting for; one that did is tried for ever. */
  private boolean giveUp(String why) {
    synchronized (lock) {
      if (readyCount > 0 || stopping) {
        return false;
      }
      failure =
          new StackException(
              Reason.COMPONENT_FAILED,
              component.name() + " " + why + LastWords.of(component.name(), logs));
    }
    enter(State.FAILED);
    return true;
  }

  private void enter(State next) {
    synchronized (lock) {
      if (state == State.STOPPED) {
        return;
      }
      state = next;
      lock.notifyAll();
    }
    changed.accept(status());
  }

  private ChildProcess current() {
    return locked(() -> child);
  }

  private boolean isStopping() {
    return locked(() -> stopping);
  }

  private <T> T locked(Supplier<T> read) {
    synchronized (lock) {
      return read.get();
    }
  }
}
