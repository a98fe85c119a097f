package io.voronka.infra.local.stack;

import io.voronka.infra.local.stack.ComponentStatus.State;
import io.voronka.infra.local.stack.StackException.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The supervisors of one stack. Once it is closed for launches, nothing can be started any more.
 */
final class Components {

  static final Predicate<String> FLINK =
      name -> name.equals(LocalStack.JOB_MANAGER) || name.startsWith(LocalStack.TASK_MANAGER + "-");

  private final Consumer<ComponentStatus> changed;
  private final Map<String, Supervisor> supervisors = new LinkedHashMap<>();
  private boolean closed;

  /**
   * @param changed hears every change of a component's state
   */
  Components(Consumer<ComponentStatus> changed) {
    this.changed = changed;
  }

  /**
   * Starts a component and goes on at once.
   *
   * @param directory its working directory
   * @param logs where its output goes
   * @param ended runs whenever it ended unasked, before it is launched again
   * @throws StackException STOPPED when the stack is being stopped
   */
  void launch(Component component, Path directory, Path logs, Runnable ended) {
    Supervisor supervisor = new Supervisor(component, directory, logs, changed, ended);
    synchronized (this) {
      if (closed) {
        throw new StackException(Reason.STOPPED, "stopped while starting");
      }
      supervisors.put(component.name(), supervisor);
    }
    changed.accept(supervisor.status());
    supervisor.start();
  }

  /** From now on {@link #launch} refuses. */
  synchronized void closeForLaunches() {
    closed = true;
  }

  /** The supervisor of a component. */
  synchronized Supervisor of(String name) {
    Supervisor found = supervisors.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no component " + name + "; there are " + supervisors.keySet());
    }
    return found;
  }

  void awaitAllReady() {
    all().forEach(Supervisor::awaitReady);
  }

  boolean ready(Predicate<String> names) {
    return all().stream()
        .filter(supervisor -> names.test(supervisor.name()))
        .allMatch(Supervisor::isReady);
  }

  /** In start order. */
  List<ComponentStatus> status() {
    return all().stream().map(Supervisor::status).toList();
  }

  /** Ends those of these names that have not been ended yet, side by side. */
  void stop(Predicate<String> names) {
    all().parallelStream()
        .filter(supervisor -> names.test(supervisor.name()))
        .filter(supervisor -> supervisor.status().state() != State.STOPPED)
        .forEach(Supervisor::stop);
  }

  private synchronized List<Supervisor> all() {
    return new ArrayList<>(supervisors.values());
  }
}
