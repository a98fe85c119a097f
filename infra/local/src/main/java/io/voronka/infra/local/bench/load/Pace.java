package io.voronka.infra.local.bench.load;

/**
 * Even spacing of requests, fixed before the first is sent: a slow answer does not move the
 * requests after it. Whoever measures from {@link #dueNanos} leaves no slow moment out.
 *
 * @param startNanos when the first is due, on the clock of {@link System#nanoTime}
 */
record Pace(long startNanos, double perSecond) {
  private static final double SECOND = 1e9;

  Pace {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a pace is above 0 a second");
    }
  }

  /**
   * @param index counts from 0
   */
  long dueNanos(long index) {
    return startNanos + Math.round(index * SECOND / perSecond);
  }

  /** How many are due until then. */
  long dueBy(long nanos) {
    if (nanos < startNanos) {
      return 0;
    }
    long count = (long) ((nanos - startNanos) * perSecond / SECOND) + 1;
    // Rounding may be one off in either direction.
    while (count > 0 && dueNanos(count - 1) > nanos) {
      count--;
    }
    while (dueNanos(count) <= nanos) {
      count++;
    }
    return count;
  }
}
