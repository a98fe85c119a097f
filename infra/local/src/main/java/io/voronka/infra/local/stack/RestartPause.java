package io.voronka.infra.local.stack;

import java.time.Duration;

/**
 * How long to wait before a part that ended is launched again: short at first, longer while it
 * keeps ending.
 */
final class RestartPause {

  static final Duration FIRST = Duration.ofMillis(200);
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** A life this long means that the part is well, and the next pause is the first again. */
  static final Duration HEALTHY_LIFE = Duration.ofSeconds(20);

  private Duration next = FIRST;

  /** Tells how long the last life was, counted from the launch. */
  void lived(Duration life) {
    if (life.compareTo(HEALTHY_LIFE) >= 0) {
      next = FIRST;
    }
  }

  /** The pause to make now; the one after it is twice as long. */
  Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return now;
  }
}
