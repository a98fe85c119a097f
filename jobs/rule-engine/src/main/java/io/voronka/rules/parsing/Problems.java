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

  public boolean none() {
    return found.isEmpty();
  }

  public List<Problem> all() {
    return List.copyOf(found);
  }
}
