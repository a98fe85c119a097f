package io.voronka.rules.check;

import io.voronka.rules.domain.Rule;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at rules that are, or would be, in force together. Rules that are off are left out; for
 * loops and conflicts observed ones are taken as if they were on, because that is what they are to
 * be.
 */
public final class RuleSetCheck {
  /** More than this nobody reads; the first are as good as any. */
  static final int MOST_OF_A_KIND = 20;

  /** Some seconds' worth for each kind of warning. */
  private static final long EFFORT = 5_000_000;

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
    Effort[] efforts = {new Effort(most), new Effort(most), new Effort(most)};
    List<Warning> shadowed = new Shadows().find(inOrder, efforts[0]);
    Set<String> never =
        shadowed.stream().map(w -> w.places().get(0).ruleId()).collect(Collectors.toSet());
    List<Rule> firing = inOrder.stream().filter(rule -> !never.contains(rule.id())).toList();
    List<List<Warning>> found =
        List.of(
            new Loops().find(firing, efforts[1]),
            new Conflicts().find(firing, efforts[2]),
            shadowed);
    boolean complete =
        Arrays.stream(efforts).noneMatch(Effort::spent)
            && found.stream().allMatch(warnings -> warnings.size() < MOST_OF_A_KIND);
    return new Found(found.stream().flatMap(List::stream).toList(), complete);
  }

  /** True when there is an account whose events both rules listen to. */
  static boolean shareAccount(Rule one, Rule other) {
    return one.account().isEmpty() || other.account().map(one::concerns).orElse(true);
  }
}
