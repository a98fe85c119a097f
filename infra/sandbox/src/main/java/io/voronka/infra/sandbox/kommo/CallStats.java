package io.voronka.infra.sandbox.kommo;

import java.util.Map;
import java.util.TreeMap;

/** Counts of calls per account, reads included; only for looking at. */
public final class CallStats {
  private final Map<String, Map<Integer, Long>> byAccountAndStatus = new TreeMap<>();

  void count(String account, int status) {
    byAccountAndStatus.computeIfAbsent(account, k -> new TreeMap<>()).merge(status, 1L, Long::sum);
  }

  /** Answers per status; 0 stands for dropped connections. */
  public Map<Integer, Long> of(String account) {
    return byAccountAndStatus.getOrDefault(account, Map.of());
  }
}
