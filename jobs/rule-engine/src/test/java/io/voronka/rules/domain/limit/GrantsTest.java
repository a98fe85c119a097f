package io.voronka.rules.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.DecisionCause;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantsTest {
  private static final long T0 = 1_760_000_000_000L;
  private static final long HOUR = 3_600_000;

  private final GrantsInMemory book = new GrantsInMemory();

  private VerdictOutcome ask(String lead, long at, Limits limits, long day) throws Exception {
    return asked(lead, at, limits, day).getOutcome();
  }

  private RuleVerdict asked(String lead, long at, Limits limits, long day) throws Exception {
    RuleVerdict wants =
        new RuleVerdict(
            "r", 1L, "d-" + lead + at, VerdictOutcome.FIRED, null, null, null, List.of("a"));
    RuleVerdict other =
        new RuleVerdict("s", 1L, "e", VerdictOutcome.FIRED, null, null, null, List.of("b"));
    RuleDecided decided =
        new RuleDecided(
            "id",
            "acme",
            "kommo-1",
            EntityType.LEAD,
            lead,
            "event",
            EventKind.LEAD_UPDATED,
            1L,
            at,
            at,
            List.of(wants, other),
            DecisionCause.EVENT);
    Grants.Result result =
        Grants.decide(
            decided, List.of(), Map.of("r", new Grants.Asked(limits, day, List.of())), book);
    assertThat(result.decided().getVerdicts().get(1)).as("no limit, no change").isEqualTo(other);
    return result.decided().getVerdicts().get(0);
  }

  @Test
  void soManyADayOverAllSubjects() throws Exception {
    Limits limits = new Limits(0, 0, 0, 2);

    assertThat(ask("1", T0, limits, 5)).isEqualTo(VerdictOutcome.FIRED);
    assertThat(ask("2", T0, limits, 5)).isEqualTo(VerdictOutcome.FIRED);
    RuleVerdict held = asked("3", T0, limits, 5);
    assertThat(held.getOutcome()).isEqualTo(VerdictOutcome.HELD);
    assertThat(held.getClause()).isEqualTo("/limits/per_day");
    assertThat(held.getActual()).isEqualTo("2 today");
    assertThat(held.getActionIds()).isEmpty();
    assertThat(ask("3", T0, limits, 6)).as("the next day").isEqualTo(VerdictOutcome.FIRED);
  }

  @Test
  void aFiringThatTheDayHasNoRoomForStartsNoCooldown() throws Exception {
    Limits limits = new Limits(24 * HOUR, 0, 0, 1);

    assertThat(ask("1", T0, limits, 5)).isEqualTo(VerdictOutcome.FIRED);
    assertThat(ask("2", T0, limits, 5)).isEqualTo(VerdictOutcome.HELD);
    assertThat(ask("2", T0 + 2 * HOUR, limits, 6)).isEqualTo(VerdictOutcome.FIRED);
    RuleVerdict held = asked("1", T0 + 3 * HOUR, limits, 7);
    assertThat(held.getClause()).isEqualTo("/limits/cooldown");
    assertThat(ask("3", T0 + 3 * HOUR, limits, 7))
        .as("a cooldown takes nothing from the day")
        .isEqualTo(VerdictOutcome.FIRED);
  }

  @Test
  void soManyForASubjectWithinATime() throws Exception {
    Limits limits = new Limits(0, 2, HOUR, 100);

    assertThat(ask("1", T0, limits, 5)).isEqualTo(VerdictOutcome.FIRED);
    assertThat(ask("1", T0 + 1, limits, 5)).isEqualTo(VerdictOutcome.FIRED);
    assertThat(ask("1", T0 + 2, limits, 5)).isEqualTo(VerdictOutcome.HELD);
    assertThat(ask("1", T0 + HOUR, limits, 5)).isEqualTo(VerdictOutcome.FIRED);
    assertThat(book.times("r", "acme|kommo-1|LEAD|1")).as("older ones are dropped").hasSize(2);
  }
}
