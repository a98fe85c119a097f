package io.voronka.infra.local.soak;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts in the order of the flow, and what contradicts a promise. */
final class Findings {
  private static final int LISTED = 40;

  private final Map<String, Long> figures = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int unlisted;

  void figure(String name, long value) {
    figures.put(name, value);
  }

  long figure(String name) {
    return figures.get(name);
  }

  void copies(String name, Copies copies) {
    figure(name, copies.distinct());
    figure("further copies of " + name, copies.further());
    check(
        copies.different() == 0,
        copies.different() + " copies of " + name + " differ from the first");
  }

  void check(boolean kept, String otherwise) {
    if (!kept) {
      problem(otherwise);
    }
  }

  void problem(String text) {
    if (problems.size() < LISTED) {
      problems.add(text);
    } else {
      unlisted++;
    }
  }

  Map<String, Long> figures() {
    return figures;
  }

  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    if (unlisted > 0) {
      all.add("and " + unlisted + " more");
    }
    return all;
  }
}
