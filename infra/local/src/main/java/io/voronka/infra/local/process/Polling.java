package io.voronka.infra.local.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting for a condition that nobody announces. */
public final class Polling {

  private Polling() {}

  /**
   * A condition that may throw while the thing asked is not there yet; a throw counts as "not yet".
   */
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /**
   * Asks every {@code every} until the condition holds.
   *
   * @return false when it did not hold within the time, or the thread was interrupted
   */
  public static boolean until(Duration within, Duration every, Condition condition) {
    long end = System.nanoTime() + within.toNanos();
    while (true) {
      if (holds(condition)) {
        return true;
      }
      if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      pause(every);
    }
  }

  /** Lets the thread rest; returns early when it is interrupted. */
  public static void pause(Duration time) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      return false;
    }
  }
}
