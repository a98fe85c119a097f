package io.voronka.rules.parsing;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  public void add(String pointer, String message) {
    Problem problem = new Problem(pointer, message);
    if (!found.contains(problem)) {
      found.add(problem);
    }
  }

  /** True when something at a place, or inside of it, is wrong. */
  boolean at(String pointer) {
    return found.stream()
        .map(Problem::pointer)
        .anyMatch(place -> place.equals(pointer) || place.startsWith(pointer + '/'));
  }

  public boolean none() {
    return found.isEmpty();
  }

  public List<Problem> all() {
    return List.copyOf(found);
  }
}
