package io.voronka.infra.local.soak;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Records by id: at-least-once may write one more than once, but never in two ways. */
final class Copies {
  private final Map<String, byte[]> bytes = new HashMap<>();
  private long further;
  private long different;

  void add(String id, byte[] record) {
    byte[] before = bytes.putIfAbsent(id, record);
    if (before != null) {
      further++;
      if (!Arrays.equals(before, record)) {
        different++;
      }
    }
  }

  boolean has(String id) {
    return bytes.containsKey(id);
  }

  int distinct() {
    return bytes.size();
  }

  /** Beyond the first of each. */
  long further() {
    return further;
  }

  /** Copies whose bytes are not those of the first. */
  long different() {
    return different;
  }
}
