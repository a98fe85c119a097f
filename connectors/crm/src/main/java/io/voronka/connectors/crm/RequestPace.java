package io.voronka.connectors.crm;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * The part of an account's budget that one task of several requests may use: N of them, each of
 * which may be used again a second after the answer to the request that used it. A task that needs
 * more requests than it was given is slow, and not over the budget. Its requests follow one
 * another. Thread-safe.
 */
public final class RequestPace {
  /** For callers that do without one. */
  public static final RequestPace UNLIMITED = new RequestPace(0, () -> 0);

  private static final long WINDOW_MILLIS = 1000;

  private final LongSupplier millis;
  private final boolean limited;
  private final ArrayDeque<Long> usableAt = new ArrayDeque<>();

  private RequestPace(int requests, LongSupplier millis) {
    this.millis = millis;
    this.limited = requests > 0;
    for (int i = 0; i < requests; i++) {
      usableAt.add(millis.getAsLong());
    }
  }

  /**
   * @param requests at least 1
   */
  public static RequestPace of(int requests) {
    return of(requests, () -> System.nanoTime() / 1_000_000);
  }

  static RequestPace of(int requests, LongSupplier millis) {
    if (requests < 1) {
      throw new IllegalArgumentException("a task without a request: " + requests);
    }
    return new RequestPace(requests, millis);
  }

  /** A request is about to be made; how many milliseconds it has to wait. */
  public long begin() {
    if (!limited) {
      return 0;
    }
    synchronized (usableAt) {
      Long at = usableAt.pollFirst();
      return at == null ? WINDOW_MILLIS : Math.max(0, at - millis.getAsLong());
    }
  }

  /** It was answered, or given up. */
  public void answered() {
    if (limited) {
      synchronized (usableAt) {
        usableAt.addLast(millis.getAsLong() + WINDOW_MILLIS);
      }
    }
  }
}
