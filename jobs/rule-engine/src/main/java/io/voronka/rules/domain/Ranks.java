package io.voronka.rules.domain;

import java.util.Arrays;

/**
 * Growing list of places of rules in the order of priority. Nobody changes an array that went in or
 * came out.
 */
final class Ranks {
  private static final int[] NONE = {};

  private int[] ranks = NONE;
  private int size;
  private int[] only;

  void add(int rank) {
    copyOnly();
    ensure(1);
    ranks[size++] = rank;
  }

  /**
   * @param more lowest first, each once
   */
  void addAll(int[] more) {
    if (more.length == 0) {
      return;
    }
    if (size == 0 && only == null) {
      only = more; // Mostly it stays the only one, and is sorted already.
      return;
    }
    copyOnly();
    append(more);
  }

  /** Each once, lowest first. */
  int[] sorted() {
    if (only != null) {
      return only;
    }
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

  private void copyOnly() {
    if (only != null) {
      int[] first = only;
      only = null;
      append(first);
    }
  }

  private void append(int[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, ranks, size, more.length);
    size += more.length;
  }

  private void ensure(int more) {
    if (size + more > ranks.length) {
      ranks = Arrays.copyOf(ranks, Math.max(Math.max(16, size + more), ranks.length * 2));
    }
  }
}
