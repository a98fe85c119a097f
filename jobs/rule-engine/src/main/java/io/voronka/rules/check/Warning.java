package io.voronka.rules.check;

import io.voronka.rules.explain.Language;
import java.util.List;

/**
 * Something odd about a set of rules. Nothing is refused for it.
 *
 * @param places what it is about, in the order of the text; at least one
 */
public record Warning(Kind kind, List<Place> places, String english, String russian) {

  /** What is odd. */
  public enum Kind {
    /** Rules set each other off, or one sets itself off, again and again. */
    LOOP,
    /** For one event two rules write different values to one field. */
    CONFLICT,
    /** A rule never fires, because one before it stops the others whenever it could. */
    SHADOWED,
    /** A field is named almost as a known one, and is none. */
    MISSPELT
  }

  /**
   * @param pointer JSON pointer in the rule's definition; empty: all of it
   */
  public record Place(String ruleId, String pointer) {}

  public Warning {
    places = List.copyOf(places);
  }

  public String in(Language language) {
    return language == Language.RU ? russian : english;
  }
}
