package io.voronka.infra.local.stack;

import io.voronka.infra.local.flink.FlinkCluster;
import io.voronka.infra.local.process.Polling;
import io.voronka.infra.local.stack.StackException.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Voronka on one machine, of real parts, each a child process on a leash. Components that
 * end are started again; jobs go on from their newest checkpoint; stopping takes savepoints and the
 * next start on the same data folder resumes from them.
 *
 * <p>The object can be used by several threads. It is started once and stopped once.
 */
public final class LocalStack implements AutoCloseable {

  public static final String KAFKA = "kafka";
  public static final String POSTGRES = "postgres";
  public static final String JOB_MANAGER = "jobmanager";
  public static final String SANDBOX = "sandbox";
  public static final String GATEWAY = "gateway";

  /** The kind of all {@link #taskManager}s. */
  static final String TASK_MANAGER = "taskmanager";

  private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final TellingListener listener;
  private final Components components;
  private final StackLaunch launch;
  private final Object lock = new Object();

  private Thread starting;
  private Thread watching;
  private boolean running;
  private boolean stopped;

  /** Nothing happens before {@link #start()}. */
  public LocalStack(StackSettings settings, StackListener listener) {
    this(settings, listener, SourceTree.find());
  }

  private LocalStack(StackSettings settings, StackListener listener, SourceTree tree) {
    this(settings, listener, tree, JobSource.builtIn(tree));
  }

  LocalStack(StackSettings settings, StackListener listener, SourceTree tree, JobSource jobSource) {
    this.listener = new TellingListener(listener, this::describe);
    this.components = new Components(this.listener::component);
    this.launch = new StackLaunch(settings, this.listener, tree, jobSource, components);
  }

  /** The name of a TaskManager; numbers begin at 1. */
  public static String taskManager(int number) {
    return TASK_MANAGER + "-" + number;
  }

  /**
   * Starts everything and waits until all components are ready and all jobs run. When that fails,
   * what was started is stopped again before the exception is thrown.
   *
   * @throws StackException any reason
   */
  public void start() {
    synchronized (lock) {
      if (stopped || starting != null) {
        throw new StackException(Reason.STOPPED, "a stack is started once");
      }
      starting = Thread.currentThread();
    }
    try {
      launch.run();
      watch();
    } catch (StackException e) {
      shutDown(false);
      throw e;
    } catch (IOException | SQLException | RuntimeException e) {
      shutDown(false);
      throw new StackException(Reason.COMPONENT_FAILED, "the stack did not start: " + e, e);
    } finally {
      synchronized (lock) {
        starting = null;
        lock.notifyAll();
      }
    }
  }

  /** Where the parts are; from {@link #start()} on. */
  public StackAddresses addresses() {
    return launch.assembly().addresses();
  }

  /** The session cluster. */
  public FlinkCluster flink() {
    return new FlinkCluster(URI.create(addresses().flink()));
  }

  /** The jar to submit for a job that is expected on this stack: what the cluster lacks of it. */
  public Path jar(String job) {
    return launch.jar(job);
  }

  /** The present id of a job of this stack; empty when it was not submitted. */
  public Optional<String> jobId(String job) {
    return jobs().flatMap(deployed -> deployed.idOf(job));
  }

  /** The folder of {@code <component>.log}. */
  public Path logs() {
    return launch.assembly().logs().logs();
  }

  /** Every component, in start order. */
  public List<ComponentStatus> status() {
    return components.status();
  }

  /** The process id of a component; -1 while it does not run. */
  public long pid(String component) {
    return components.of(component).status().pid();
  }

  /** Kills a component at once, as {@code kill -9} would, without waiting for its return. */
  public void kill(String component) {
    components.of(component).kill();
  }

  /** Makes a component's next starts quicker, on all stacks of this build: seconds, once. */
  public void archiveClasses(String component) {
    launch.assembly().jvm().archiveClasses(component);
  }

  /** Ends a job at once; it goes on from its newest checkpoint. */
  public void killJob(String job) {
    jobs()
        .orElseThrow(() -> new StackException(Reason.JOB_FAILED, "no job runs on this stack"))
        .kill(job);
  }

  /** Ends a component in the orderly way and waits until it serves again. */
  public void restart(String component) {
    Supervisor supervisor = components.of(component);
    int before = supervisor.readyCount();
    supervisor.restart();
    supervisor.awaitReady(before + 1);
  }

  /**
   * How often a component became ready; to be asked before a kill, for {@link #awaitReady(String,
   * int)}.
   */
  public int readyCount(String component) {
    return components.of(component).readyCount();
  }

  /** Waits until a component has become ready at least this often and is ready now. */
  public void awaitReady(String component, int times) {
    components.of(component).awaitReady(times);
  }

  /**
   * Whether every component is ready and every job that was not stopped by somebody runs with all
   * its tasks.
   */
  public boolean isWhole() {
    return components.ready(name -> true) && jobs().map(JobDeployments::allRunning).orElse(true);
  }

  /** Waits for {@link #isWhole()}; false when it did not come true within the time. */
  public boolean awaitWhole(Duration within) {
    return Polling.until(within, Duration.ofMillis(100), this::isWhole);
  }

  /**
   * Stops everything: the gateway first, then the jobs with a savepoint each, then the servers.
   * Returns when all processes are gone; does nothing the second time.
   *
   * @return the jobs whose savepoint failed; at the next start they go on from their newest
   *     checkpoint
   */
  public List<String> stop() {
    return shutDown(true);
  }

  /** As {@link #stop()}, without savepoints: a next start would go on from checkpoints. */
  public void discard() {
    shutDown(false);
  }

  @Override
  public void close() {
    stop();
  }

  private void watch() {
    RoomWatch room = new RoomWatch(launch.data()::freeBytes, listener::note);
    Thread thread =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                Polling.pause(LOOK_EVERY);
                room.look();
                jobs().ifPresent(JobDeployments::reconcile);
              }
            },
            "watch-jobs");
    thread.setDaemon(true);
    synchronized (lock) {
      if (stopped) {
        throw new StackException(Reason.STOPPED, "stopped while starting");
      }
      watching = thread;
      running = true;
    }
    thread.start();
    describe();
  }

  private void describe() {
    synchronized (lock) {
      if (!running) {
        return;
      }
    }
    // One at a time: two components may change at once.
    synchronized (launch) {
      StackFile.write(launch.data(), addresses(), status(), listener.jobs());
    }
  }

  private List<String> shutDown(boolean savepoints) {
    boolean wasRunning;
    Thread starter;
    Thread watcher;
    synchronized (lock) {
      if (stopped) {
        return List.of();
      }
      stopped = true;
      wasRunning = running;
      running = false;
      starter = starting;
      watcher = watching;
    }
    if (starter != null && starter != Thread.currentThread()) {
      starter.interrupt();
    }
    components.closeForLaunches();
    interrupt(watcher);
    components.stop(GATEWAY::equals);
    List<String> failed = List.of();
    if (savepoints && wasRunning && components.ready(Components.FLINK)) {
      failed = jobs().map(JobDeployments::stopAll).orElse(List.of());
    }
    components.stop(Components.FLINK.or(SANDBOX::equals));
    components.stop(name -> true);
    DataDirectory data = launch.data();
    if (data != null) {
      try {
        Files.deleteIfExists(data.file(StackFile.NAME));
        data.close();
      } catch (IOException e) {
        LOG.warn("cannot leave the data folder", e);
      }
    }
    return failed;
  }

  private static void interrupt(Thread thread) {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<JobDeployments> jobs() {
    return Optional.ofNullable(launch.jobs());
  }
}
