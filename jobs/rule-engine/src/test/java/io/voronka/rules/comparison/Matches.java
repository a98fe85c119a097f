package io.voronka.rules.comparison;

import java.util.Arrays;

/** Numbers of the rules that one event satisfies. Reused from event to event. */
public final class Matches {
  private int[] rules = new int[16];
  private int size;

  void clear() {
    size = 0;
  }

  public void add(int rule) {
    if (size == rules.length) {
      rules = Arrays.copyOf(rules, size * 2);
    }
    rules[size++] = rule;
  }

  int size() {
    return size;
  }

  /** Lowest first. */
  int[] sorted() {
    int[] copy = Arrays.copyOf(rules, size);
    Arrays.sort(copy);
    return copy;
  }
}
