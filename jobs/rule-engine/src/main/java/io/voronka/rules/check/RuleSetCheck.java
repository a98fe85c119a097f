package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at rules that are, or would be, in force together. Rules that are off are left out; for
 * loops and conflicts observed ones are taken as if they were on, because that is what they are to
 * be.
 */
public final class RuleSetCheck {
  /** More than this nobody reads; the first are as good as any. */
  static final int MOST_OF_A_KIND = 20;

  /** Some seconds' worth for each kind of warning. */
  private static final long EFFORT = 10_000_000;

  private static final Comparator<Rule> ORDER =
      Comparator.<Rule>comparingInt(rule -> -rule.priority()).thenComparing(Rule::id);

  private RuleSetCheck() {}

  /**
   * @param complete false: there are more rules, or more warnings, than are looked at
   */
  public record Found(List<Warning> warnings, boolean complete) {
    public Found {
      warnings = List.copyOf(warnings);
    }
  }

  /** Of the rules of one tenant. */
  public static Found check(Collection<Rule> rules) {
    return check(rules, EFFORT);
  }

  static Found check(Collection<Rule> rules, long most) {
    List<Rule> inOrder =
        rules.stream().filter(rule -> rule.mode() != Rule.Mode.OFF).sorted(ORDER).toList();
    Effort forShadows = new Effort(most);
    List<Warning> shadowed = new Shadows().find(inOrder, forShadows);
    Set<String> never =
        shadowed.stream().map(w -> w.places().get(0).ruleId()).collect(Collectors.toSet());
    List<Rule> firing = inOrder.stream().filter(rule -> !never.contains(rule.id())).toList();
    Effort forLoops = new Effort(most);
    List<Warning> loops = new Loops(firing, forLoops).find();
    Effort forConflicts = new Effort(most);
    List<Warning> conflicts = new Conflicts().find(firing, forConflicts);
    List<Warning> misspelt = Misspellings.find(inOrder);
    boolean complete =
        Stream.of(forShadows, forLoops, forConflicts).noneMatch(Effort::spent)
            && Stream.of(shadowed, loops, conflicts, misspelt)
                .allMatch(f -> f.size() < MOST_OF_A_KIND);
    return new Found(
        Stream.of(loops, conflicts, shadowed, misspelt).flatMap(List::stream).toList(), complete);
  }

  /** True when there is an account whose events both rules listen to. */
  static boolean shareAccount(Rule one, Rule other) {
    return one.account().isEmpty() || other.account().map(one::concerns).orElse(true);
  }
}
