package io.voronka.rules.domain.condition;

import java.util.List;

/** Values as a reader of a decision sees them: short, and unknown told apart from empty. */
final class Wording {
  private static final int LONGEST = 120;

  private Wording() {}

  static String of(String text) {
    return text == null ? "unknown" : text;
  }

  /** Null stays null: unknown. */
  static String of(List<String> texts) {
    if (texts == null) {
      return null;
    }
    String joined = texts.size() == 1 ? texts.get(0) : String.join(", ", texts);
    return shortened(joined);
  }

  /** 90 s as 1m 30s: the two largest units. */
  static String duration(long millis) {
    if (millis < 1000) {
      return millis + "ms";
    }
    long[] sizes = {86_400, 3_600, 60, 1};
    String[] names = {"d", "h", "m", "s"};
    StringBuilder words = new StringBuilder();
    long rest = millis / 1000;
    int units = 0;
    for (int i = 0; i < sizes.length && units < 2; i++) {
      long amount = rest / sizes[i];
      rest %= sizes[i];
      if (amount > 0) {
        words.append(words.length() == 0 ? "" : " ").append(amount).append(names[i]);
      }
      if (words.length() > 0) {
        units++;
      }
    }
    return words.toString();
  }

  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
