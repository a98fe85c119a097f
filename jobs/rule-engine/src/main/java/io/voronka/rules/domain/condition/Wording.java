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

  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
