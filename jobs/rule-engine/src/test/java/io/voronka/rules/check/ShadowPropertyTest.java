package io.voronka.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RandomCases;
import io.voronka.rules.domain.Rule;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.condition.AllOf;
import io.voronka.rules.domain.condition.AnyOf;
import io.voronka.rules.domain.condition.Condition;
import io.voronka.rules.domain.condition.FieldCondition;
import io.voronka.rules.domain.condition.FieldTest;
import io.voronka.rules.domain.condition.Not;
import io.voronka.rules.domain.condition.Operator;
import io.voronka.rules.domain.condition.StageChanged;
import io.voronka.rules.domain.condition.ValueType;
import io.voronka.rules.domain.limit.Limits;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.Subject;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Pairs of rules of which the first is made out of the second: weaker, stronger, or changed in one
 * place. None that is said to be shadowed fires, whatever happens.
 */
class ShadowPropertyTest {
  private static final int PAIRS = 6_000;
  private static final int EVENTS = 60;

  private final Random random = new Random(20260102);
  private final RandomCases cases = new RandomCases(random);

  @Test
  void aRuleThatIsSaidToBeShadowedNeverFires() {
    int claims = 0;
    int fired = 0;
    for (int i = 0; i < PAIRS; i++) {
      Rule second =
          plain(RuleSetCheckTest.rule(cases.rule(i)), "second", 0, false, Optional.empty());
      Rule other = RuleSetCheckTest.rule(cases.rule(i));
      second = plain(second, "second", 0, false, changed(second.when(), other.when()));
      Rule first = plain(second, "first", 1, true, changed(second.when(), other.when()));
      List<Warning> warnings = RuleSetCheck.check(List.of(first, second)).warnings();
      boolean claimed =
          warnings.stream().anyMatch(warning -> warning.kind() == Warning.Kind.SHADOWED);
      boolean fires = fires(first, second);
      assertThat(claimed && fires).as("%s%n%s", first.when(), second.when()).isFalse();
      claims += claimed ? 1 : 0;
      fired += fires ? 1 : 0;
    }
    // The test has weight only with many of both.
    assertThat(claims).isGreaterThan(PAIRS / 5);
    assertThat(fired).isGreaterThan(PAIRS / 20);
  }

  private boolean fires(Rule first, Rule second) {
    RuleSet rules =
        RuleSet.compile(1, List.of(new RuleVersion(first, 1), new RuleVersion(second, 1)));
    Map<Subject, SubjectState> states = new HashMap<>();
    for (int i = 0; i < EVENTS; i++) {
      CrmEvent event = cases.event();
      Subject subject = Subject.of(event);
      Decision decision =
          rules.decide(
              states.getOrDefault(subject, SubjectState.EMPTY),
              event,
              Clocks.at(event.getReceivedAt()),
              AccountSetting.UNKNOWN);
      states.put(subject, decision.state());
      boolean fired =
          decision.decided().stream()
              .flatMap(decided -> decided.getVerdicts().stream())
              .anyMatch(
                  verdict ->
                      verdict.getRuleId().equals("second")
                          && verdict.getOutcome() == VerdictOutcome.FIRED);
      if (fired) {
        return true;
      }
    }
    return false;
  }

  private static Rule plain(
      Rule rule, String id, int priority, boolean stops, Optional<Condition> when) {
    return new Rule(
        id,
        id,
        Rule.Mode.ON,
        priority,
        stops,
        Optional.empty(),
        Optional.empty(),
        rule.triggers(),
        false,
        when,
        Limits.NONE,
        Optional.empty(),
        rule.actions());
  }

  private Optional<Condition> changed(Optional<Condition> when, Optional<Condition> other) {
    if (when.isEmpty() || random.nextInt(10) == 0) {
      return other;
    }
    return Optional.of(
        switch (random.nextInt(6)) {
          case 0 -> when.get();
          case 1 -> new AnyOf("", List.of(other.orElse(when.get()), when.get()));
          case 2 -> new AllOf("", List.of(other.orElse(when.get()), when.get()));
          default -> changed(when.get());
        });
  }

  private Condition changed(Condition condition) {
    if (condition instanceof Not not) {
      return new Not("", changed(not.member()));
    }
    if (condition instanceof AllOf || condition instanceof AnyOf) {
      List<Condition> members = new ArrayList<>(groupMembers(condition));
      Collections.shuffle(members, random);
      if (members.size() > 1 && random.nextBoolean()) {
        members.remove(0);
      } else {
        members.set(0, changed(members.get(0)));
      }
      return condition instanceof AllOf ? new AllOf("", members) : new AnyOf("", members);
    }
    if (condition instanceof StageChanged move) {
      return random.nextBoolean()
          ? new StageChanged("", move.from(), List.of(), move.pipelines())
          : new StageChanged("", List.of(), move.to(), move.pipelines());
    }
    return condition instanceof FieldCondition field ? changed(field) : condition;
  }

  private static List<Condition> groupMembers(Condition group) {
    return group instanceof AllOf all ? all.members() : ((AnyOf) group).members();
  }

  /** Another operator, and perhaps another operand. */
  private Condition changed(FieldCondition condition) {
    FieldTest test = condition.test();
    List<Operator> fitting = new ArrayList<>();
    for (Operator operator : Operator.values()) {
      boolean same = operator.operand() == test.operator().operand();
      boolean number = test.operands().stream().allMatch(java.math.BigDecimal.class::isInstance);
      boolean ordered = operator.operand() == Operator.Operand.ORDERED && number;
      boolean one =
          operator.operand() == Operator.Operand.ONE
              || operator == Operator.IN
              || operator == Operator.NOT_IN;
      boolean none = operator.operand() == Operator.Operand.NONE;
      if (same || none || (test.operands().size() == 1 && (one || ordered))) {
        fitting.add(operator);
      }
    }
    Operator operator = fitting.get(random.nextInt(fitting.size()));
    List<Object> operands =
        operator.operand() == Operator.Operand.NONE ? List.of() : operands(operator, test);
    return FieldCondition.of("", condition.field(), FieldTest.of(operator, test.type(), operands));
  }

  private List<Object> operands(Operator operator, FieldTest test) {
    boolean text = test.type() == ValueType.TEXT && operator.operand() == Operator.Operand.ONE;
    return text && random.nextInt(3) == 0
        ? List.of(List.of("ann", "bob", "10").get(random.nextInt(3)))
        : test.operands();
  }
}
