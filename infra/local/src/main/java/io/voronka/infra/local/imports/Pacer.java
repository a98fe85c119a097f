package io.voronka.infra.local.imports;

import java.time.Duration;
import java.time.Instant;

/**
 * The import's own budget: so many requests a second, evenly spaced. Whoever shares the account's
 * limit with it goes first: when the vendor says that it is too much, the import halves its pace,
 * and takes the old one up again step by step. Not thread-safe.
 */
final class Pacer {
  private static final Duration SLOWEST = Duration.ofSeconds(10);

  /** Answers in a row after which the pace is doubled, up to the one asked for. */
  private static final int CALM = 20;

  private final Duration usual;
  private Duration interval;
  private Instant next = Instant.MIN;
  private int answered;

  private Pacer(Duration usual) {
    this.usual = usual;
    this.interval = usual;
  }

  /**
   * @param requests at least 1
   */
  static Pacer perSecond(int requests) {
    if (requests < 1) {
      throw new IllegalArgumentException("a pace of " + requests + " requests a second");
    }
    return new Pacer(Duration.ofSeconds(1).dividedBy(requests));
  }

  /** Takes the next place: how long to wait for it. */
  Duration take(Instant now) {
    Instant at = next.isAfter(now) ? next : now;
    next = at.plus(interval);
    return Duration.between(now, at);
  }

  void answered() {
    answered++;
    if (answered >= CALM && interval.compareTo(usual) > 0) {
      Duration faster = interval.dividedBy(2);
      interval = faster.compareTo(usual) < 0 ? usual : faster;
      answered = 0;
    }
  }

  /** The vendor had too many requests, ours and those of others. */
  void slowDown() {
    Duration slower = interval.multipliedBy(2);
    interval = slower.compareTo(SLOWEST) > 0 ? SLOWEST : slower;
    answered = 0;
  }

  /** No request before this moment. */
  void pauseUntil(Instant moment) {
    if (moment.isAfter(next)) {
      next = moment;
    }
  }

  Duration interval() {
    return interval;
  }
}
