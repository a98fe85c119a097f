package io.voronka.rules.domain.text;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What stands behind a filter's colon. Tells of arguments that are missing, wrong or too many, so
 * that a filter cannot fail for them later.
 */
final class Arguments {
  private final String subject;
  private final List<Term> terms;
  private final Map<String, Term> named;
  private final Consumer<String> problems;
  private final Set<String> namesUsed = new HashSet<>();
  private int used;
  private boolean sound = true;

  /**
   * @param subject whose value is filtered, for messages when a text is filled
   * @param problems takes what is wrong, the place and the filter's name already in it
   */
  Arguments(String subject, List<Term> terms, Map<String, Term> named, Consumer<String> problems) {
    this.subject = subject;
    this.terms = terms;
    this.named = named;
    this.problems = problems;
  }

  String subject() {
    return subject;
  }

  /** Only the first is told: the others come of it. */
  void problem(String message) {
    if (sound) {
      problems.accept(message);
    }
    sound = false;
  }

  /** True when there is one more without a name. */
  boolean more() {
    return used < terms.size();
  }

  /** The next one, of any kind. */
  Term term(String what) {
    if (more()) {
      return terms.get(used++);
    }
    problem("needs " + what);
    return new Term.Constant(Term.Kind.TEXT, "");
  }

  /** The next one, which the author has to write out. */
  String constant(String what) {
    if (term(what) instanceof Term.Constant constant) {
      return constant.text();
    }
    problem(what + " has to be written out");
    return "";
  }

  /** The next one, a whole number. */
  int number(String what, int most) {
    String text = constant(what);
    if (text.matches("[0-9]{1,6}") && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    problem(what + " has to be a whole number of at most " + most);
    return 0;
  }

  /** Null when it is not given. */
  String named(String name) {
    namesUsed.add(name);
    Term term = named.get(name);
    if (term == null) {
      return null;
    }
    if (term instanceof Term.Constant constant) {
      return constant.text();
    }
    problem(name + " has to be written out");
    return null;
  }

  /** To be called when the filter has taken what it knows. */
  void end() {
    if (more()) {
      problem("takes at most " + used + " without a name");
    }
    for (String name : named.keySet()) {
      if (!namesUsed.contains(name)) {
        problem("knows nothing of " + name);
      }
    }
  }
}
