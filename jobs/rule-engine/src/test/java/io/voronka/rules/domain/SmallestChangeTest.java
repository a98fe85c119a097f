package io.voronka.rules.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An explanation names what would have had to be different, and nothing else. */
class SmallestChangeTest {
  private static final int RULES = 1_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSmallestChangeOfTheClauseThatIsNamedFlipsIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flips = 0;
    for (int i = 0; i < RULES; i++) {
      List<RandomClause> clauses = clauses(random);
      RuleSet rules = rules(clauses);
      boolean[] satisfied = new boolean[clauses.size()];
      for (int c = 0; c < satisfied.length; c++) {
        satisfied[c] = random.nextInt(3) > 0;
      }
      RuleVerdict verdict = verdict(rules, clauses, satisfied);
      while (verdict.getOutcome() != VerdictOutcome.FIRED) {
        int first = firstOf(satisfied);
        assertNames(verdict, first, clauses);
        satisfied[first] = true;
        flips++;
        verdict = verdict(rules, clauses, satisfied);
      }
      assertThat(firstOf(satisfied)).as("fires when all hold: %s", clauses).isEqualTo(-1);
    }
    assertThat(flips).isGreaterThan(RULES / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void aRuleThatFiredNamesTheOneClauseThatIsBroken(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < RULES; i++) {
      List<RandomClause> clauses = clauses(random);
      RuleSet rules = rules(clauses);
      for (int broken = 0; broken < clauses.size(); broken++) {
        boolean[] satisfied = new boolean[clauses.size()];
        for (int c = 0; c < satisfied.length; c++) {
          satisfied[c] = c != broken;
        }
        assertNames(verdict(rules, clauses, satisfied), broken, clauses);
        satisfied[broken] = true;
        assertThat(verdict(rules, clauses, satisfied).getOutcome())
            .as("%s", clauses)
            .isEqualTo(VerdictOutcome.FIRED);
      }
    }
  }

  private static void assertNames(RuleVerdict verdict, int clause, List<RandomClause> clauses) {
    assertThat(verdict.getOutcome())
        .as("clause %s of %s", clause, clauses)
        .isEqualTo(VerdictOutcome.NOT_MATCHED);
    assertThat(verdict.getClause() + "/").as("%s", clauses).startsWith("/when/all/" + clause + "/");
    assertThat(verdict.getExpected()).isNotBlank();
    if (clauses.get(clause).misses() != null && !clauses.get(clause).json().contains("never")) {
      assertThat(verdict.getActual()).as("what was seen is told: %s", verdict).isNotNull();
    }
  }

  private static List<RandomClause> clauses(SplittableRandom random) {
    List<RandomClause> clauses = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int place = 0; place < count; place++) {
      clauses.add(RandomClause.next(random, place, clauses));
    }
    return clauses;
  }

  private static RuleSet rules(List<RandomClause> clauses) {
    String all = clauses.stream().map(RandomClause::json).collect(Collectors.joining(", "));
    Rule rule =
        Deciding.rule(
            """
            {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'when': {'all': [%s]},
             'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
            """
                .formatted(all));
    return RuleSet.compile(1, List.of(new RuleVersion(rule, 1)));
  }

  /** Of a lead's newest event, after its creation and the events that are counted. */
  private static RuleVerdict verdict(
      RuleSet rules, List<RandomClause> clauses, boolean[] satisfied) {
    LeadEvents creation = LeadEvents.event(EventKind.LEAD_CREATED, "c").stage("1", "10");
    LeadEvents event = LeadEvents.updated("u").received(LeadEvents.T0 + 2_000_000);
    int between = 0;
    for (int place = 0; place < clauses.size(); place++) {
      clauses.get(place).before(creation, place);
      clauses.get(place).into(event, place, satisfied[place]);
      between += clauses.get(place).events(satisfied[place]);
    }
    SubjectState state = decided(rules, SubjectState.EMPTY, creation.build()).state();
    for (int i = 0; i < between; i++) {
      state =
          decided(
                  rules,
                  state,
                  LeadEvents.updated("b" + i).received(LeadEvents.T0 + 600 + i).build())
              .state();
    }
    return decided(rules, state, event.build()).decided().orElseThrow().getVerdicts().get(0);
  }

  /**
   * As the readable form of an explanation is built: rules that the index rules out are judged too.
   */
  private static Decision decided(RuleSet rules, SubjectState before, CrmEvent event) {
    return rules.decideWithoutIndex(before, event, Clocks.at(event.getReceivedAt()));
  }

  private static int firstOf(boolean[] satisfied) {
    for (int i = 0; i < satisfied.length; i++) {
      if (!satisfied[i]) {
        return i;
      }
    }
    return -1;
  }
}
