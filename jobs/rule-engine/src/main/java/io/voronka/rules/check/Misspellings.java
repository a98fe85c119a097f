package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.condition.Anchor;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.EventTriggered;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.TimeElapsed;
import io.voronka.rules.domain.subject.FieldNames;
import io.voronka.rules.domain.subject.FieldRef;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Standard fields that are named almost as one that nearly every lead has. A CRM may tell of any
 * field, so that no name is wrong by itself; but what is a letter from a known one is not seen in
 * any event, and its rule waits for ever.
 */
final class Misspellings {
  /** A letter more or less makes too many words of a shorter one. */
  private static final int SHORTEST = 4;

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]");

  private static final List<Known> KNOWN =
      FieldNames.all().stream()
          .filter(name -> name.length() >= SHORTEST)
          .map(name -> new Known(name, letters(name)))
          .toList();

  private Misspellings() {}

  /** A name and what is compared of it. */
  private record Known(String name, String letters) {}

  /** A field, and where a rule names it. */
  private record Named(String pointer, FieldRef field) {}

  /**
   * @param rules that are not off
   */
  static List<Warning> find(List<Rule> rules) {
    return rules.stream()
        .flatMap(rule -> named(rule).flatMap(named -> warning(rule, named).stream()))
        .limit(RuleSetCheck.MOST_OF_A_KIND)
        .toList();
  }

  private static Stream<Named> named(Rule rule) {
    return rule.when().stream().flatMap(Condition::nodes).flatMap(Misspellings::named);
  }

  private static Stream<Named> named(Condition node) {
    if (node instanceof FieldCondition condition) {
      return Stream.of(new Named(condition.pointer(), condition.field()));
    }
    if (node instanceof EventTriggered event) {
      return event.filters().stream().map(filter -> new Named(filter.pointer(), filter.field()));
    }
    return node instanceof TimeElapsed wait && wait.since().kind() == Anchor.Kind.DATE_FIELD
        ? Stream.of(new Named(wait.pointer(), wait.since().named()))
        : Stream.empty();
  }

  private static Optional<Warning> warning(Rule rule, Named named) {
    return meant(named.field())
        .map(
            meant ->
                new Warning(
                    Warning.Kind.MISSPELT,
                    List.of(new Warning.Place(rule.id(), named.pointer())),
                    WarningText.misspeltInEnglish(rule.id(), named.field().name(), meant),
                    WarningText.misspeltInRussian(rule.id(), named.field().name(), meant)));
  }

  private static Optional<String> meant(FieldRef field) {
    if (field.naming() != FieldRef.Naming.STANDARD || FieldNames.code(field.name()) > 0) {
      return Optional.empty();
    }
    String letters = letters(field.name());
    return KNOWN.stream()
        .filter(known -> oneSlip(letters, known.letters()))
        .map(Known::name)
        .findFirst();
  }

  /** Who writes statusId or Status-ID means the same. */
  private static String letters(String name) {
    return NO_LETTERS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** At most one letter is wrong, missing or too many, or two stand in each other's place. */
  private static boolean oneSlip(String one, String other) {
    int least = Math.min(one.length(), other.length());
    int before = 0;
    while (before < least && one.charAt(before) == other.charAt(before)) {
      before++;
    }
    int after = 0;
    while (after < least - before
        && one.charAt(one.length() - 1 - after) == other.charAt(other.length() - 1 - after)) {
      after++;
    }
    String left = one.substring(before, one.length() - after);
    String right = other.substring(before, other.length() - after);
    boolean swapped =
        left.length() == 2 && new StringBuilder(left).reverse().toString().equals(right);
    return swapped || (left.length() <= 1 && right.length() <= 1);
  }
}
