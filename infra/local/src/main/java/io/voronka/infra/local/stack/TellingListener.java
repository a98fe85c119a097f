package io.voronka.infra.local.stack;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Passes all that it hears on, and has it told to other processes as well. */
final class TellingListener implements StackListener {

  private final StackListener next;
  private final Runnable tell;
  private final Map<String, String> jobs = new ConcurrentHashMap<>();

  TellingListener(StackListener next, Runnable tell) {
    this.next = next;
    this.tell = tell;
  }

  /** The last state of each job. */
  Map<String, String> jobs() {
    return Map.copyOf(jobs);
  }

  @Override
  public void component(ComponentStatus status) {
    next.component(status);
    tell.run();
  }

  @Override
  public void job(String job, String state) {
    jobs.put(job, state);
    next.job(job, state);
    tell.run();
  }

  @Override
  public void note(String line) {
    next.note(line);
  }
}
