package io.voronka.infra.local.bench.actions;

import java.util.Arrays;

/**
 * What one turn came to, of those that should notice nothing.
 *
 * @param sortedMillis from the moment an action was due to its end
 */
record Turn(double[] sortedMillis) {

  static Turn of(double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return new Turn(sorted);
  }

  /**
   * @param part between 0 and 1
   */
  double percentile(double part) {
    int rank = (int) Math.ceil(part * sortedMillis.length);
    return sortedMillis[Math.max(rank, 1) - 1];
  }
}
