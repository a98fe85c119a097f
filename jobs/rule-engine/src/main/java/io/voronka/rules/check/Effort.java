package io.voronka.rules.check;

/** How much is looked at before a check gives up. Counted, so that it always ends at one place. */
final class Effort {
  private long left;

  Effort(long most) {
    this.left = most;
  }

  /** False when it is spent. */
  boolean take(long units) {
    left -= units;
    return left >= 0;
  }

  boolean spent() {
    return left < 0;
  }
}
