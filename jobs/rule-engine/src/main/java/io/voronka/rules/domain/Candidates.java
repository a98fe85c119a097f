package io.voronka.rules.domain;

import java.util.Arrays;
import java.util.Comparator;

/** Growing list of rules. Nobody changes an array that went in or came out. */
final class Candidates {
  private static final Candidate[] NONE = {};
  private static final Comparator<Candidate> ORDER = Comparator.comparingInt(one -> one.rank);

  private Candidate[] found = NONE;
  private int size;
  private Candidate[] only;

  /**
   * @param more in the order of priority, each once
   */
  void addAll(Candidate[] more) {
    if (more.length == 0) {
      return;
    }
    if (size == 0 && only == null) {
      only = more; // Mostly it stays the only one, and is sorted already.
      return;
    }
    if (only != null) {
      append(only);
      only = null;
    }
    append(more);
  }

  /** Each once, in the order of priority. */
  Candidate[] sorted() {
    if (only != null) {
      return only;
    }
    if (size == 0) {
      return NONE;
    }
    Arrays.sort(found, 0, size, ORDER);
    int distinct = 1;
    for (int i = 1; i < size; i++) {
      if (found[i].rank != found[distinct - 1].rank) {
        found[distinct++] = found[i];
      }
    }
    return Arrays.copyOf(found, distinct);
  }

  private void append(Candidate[] more) {
    if (size + more.length > found.length) {
      int room = Math.max(Math.max(16, size + more.length), found.length * 2);
      found = Arrays.copyOf(found, room);
    }
    System.arraycopy(more, 0, found, size, more.length);
    size += more.length;
  }
}
