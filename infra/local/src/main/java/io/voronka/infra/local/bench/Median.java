package io.voronka.infra.local.bench;

import java.util.List;

/** The middle of a few measurements: one round that was disturbed does not move it. */
public final class Median {

  private Median() {}

  /**
   * The middle value; of an even number the mean of the middle two.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static double of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values, no median");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
