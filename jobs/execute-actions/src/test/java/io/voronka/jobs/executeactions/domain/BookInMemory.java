package io.voronka.jobs.executeactions.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What guards remember of one target. */
final class BookInMemory implements GuardBook {
  private final Map<String, Map<String, Long>> sent = new HashMap<>();
  private final Map<String, Map<String, Long>> writers = new HashMap<>();
  private final Set<String> withdrawn = new HashSet<>();

  void wrote(String place, String user, long at) {
    writers.put(place, Map.of(user, at));
  }

  void withdraw(String actionId) {
    withdrawn.add(actionId);
  }

  @Override
  public Map<String, Long> sentTo(String name) {
    return sent.getOrDefault(name, Map.of());
  }

  @Override
  public void sentTo(String name, Map<String, Long> all) {
    sent.put(name, all);
  }

  @Override
  public Map<String, Long> writers(String place) {
    return writers.getOrDefault(place, Map.of());
  }

  @Override
  public boolean withdrawn(String actionId) {
    return withdrawn.contains(actionId);
  }
}
