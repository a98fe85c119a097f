package io.voronka.rules.domain;

import java.util.Arrays;

/** Growing list of places of rules in the order of priority. */
final class Ranks {
  private static final int[] NONE = {};

  private int[] ranks = NONE;
  private int size;

  void add(int rank) {
    ensure(1);
    ranks[size++] = rank;
  }

  void addAll(int[] more) {
    if (more.length > 0) {
      ensure(more.length);
      System.arraycopy(more, 0, ranks, size, more.length);
      size += more.length;
    }
  }

  /** Each once, lowest first. */
  int[] sorted() {
    if (size == 0) {
      return NONE;
    }
    Arrays.sort(ranks, 0, size);
    int distinct = 1;
    for (int i = 1; i < size; i++) {
      if (ranks[i] != ranks[distinct - 1]) {
        ranks[distinct++] = ranks[i];
      }
    }
    return Arrays.copyOf(ranks, distinct);
  }

  private void ensure(int more) {
    if (size + more > ranks.length) {
      ranks = Arrays.copyOf(ranks, Math.max(Math.max(16, size + more), ranks.length * 2));
    }
  }
}
