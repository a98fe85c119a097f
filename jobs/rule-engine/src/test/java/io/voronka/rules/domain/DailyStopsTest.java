package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.T0;
import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.trial.Trial;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.Subject;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that stop those after them, as often as their day has room for it. */
class DailyStopsTest {
  private static final long DAY = 86_400;
  private static final AccountSetting UTC = new AccountSetting(ZoneId.of("UTC"), null);

  private static String rule(String id, int priority, String more) {
    return """
    {'id': '%s', 'priority': %d, 'trigger': {'event': 'lead_updated'}, %s
     'actions': [{'key': 'n', 'add_note': {'text': '%s'}}]}
    """
        .formatted(id, priority, more, id);
  }

  private static Trial of(String... rules) {
    RuleSet set =
        RuleSet.compile(
            1, Stream.of(rules).map(rule -> new RuleVersion(Deciding.rule(rule), 1)).toList());
    Subject lead = new Subject("acme", "kommo-1", EntityType.LEAD, "7");
    return new Trial(set, lead, SubjectState.EMPTY, T0, UTC);
  }

  /** As rule: outcome and the clause that held it back. */
  private static List<String> said(List<Decision> decisions) {
    return decisions.stream()
        .flatMap(decision -> decision.decided().orElseThrow().getVerdicts().stream())
        .map(DailyStopsTest::said)
        .toList();
  }

  private static String said(RuleVerdict verdict) {
    String clause = verdict.getClause() == null ? "" : " " + verdict.getClause();
    return verdict.getRuleId() + ": " + verdict.getOutcome() + clause;
  }

  private static List<String> notes(List<Decision> decisions) {
    return decisions.stream()
        .flatMap(decision -> decision.actions().stream())
        .map(action -> action.getAddNote().getText())
        .toList();
  }

  private static final String FIRST =
      rule("first", 5, "'stop_after_match': true, 'limits': {'per_day': 1},");

  @Test
  void aRuleWhoseDayIsFullStopsNobody() {
    Trial trial = of(FIRST, rule("second", 1, ""));

    List<Decision> one = trial.event(updated("a").at(0).build());
    assertThat(said(one)).containsExactly("first: FIRED", "second: HELD /priority");
    assertThat(notes(one)).containsExactly("first");
    RuleVerdict held = one.get(0).decided().orElseThrow().getVerdicts().get(1);
    assertThat(held.getActual()).isEqualTo("first does");

    List<Decision> two = trial.event(updated("b").at(60).build());
    assertThat(said(two)).containsExactly("first: HELD /limits/per_day", "second: FIRED");
    assertThat(notes(two)).containsExactly("second");

    List<Decision> three = trial.event(updated("c").at(DAY).build());
    assertThat(said(three)).containsExactly("first: FIRED", "second: HELD /priority");
  }

  @Test
  void aStoppedFiringStartsNoCooldown() {
    Trial trial = of(FIRST, rule("second", 1, "'limits': {'cooldown': '1h'},"));

    trial.event(updated("a").at(0).build());
    List<Decision> two = trial.event(updated("b").at(60).build());
    List<Decision> three = trial.event(updated("c").at(120).build());

    assertThat(said(two)).containsExactly("first: HELD /limits/per_day", "second: FIRED");
    assertThat(said(three))
        .containsExactly("first: HELD /limits/per_day", "second: HELD /limits/cooldown");
  }

  @Test
  void aCooldownHoldsWhetherOrNotThereWasARuleBefore() {
    String named =
        rule(
            "first",
            5,
            "'stop_after_match': true, 'limits': {'per_day': 1}, 'when': {'field_value': {'field': 'name', 'operator': 'equals', 'value': 'Ann'}},");
    Trial trial = of(named, rule("second", 1, "'limits': {'cooldown': '1h'},"));

    trial.event(updated("a").at(0).field("name", "Ann").build());
    trial.event(updated("b").at(60).field("name", "Ann").build());
    List<Decision> alone = trial.event(updated("c").at(120).field("name", "Bob").build());

    assertThat(said(alone))
        .as("it has fired at 60")
        .containsExactly("second: HELD /limits/cooldown");
  }

  @Test
  void ofSeveralThatMayStopTheFirstThatFiresDoes() {
    Trial trial =
        of(
            FIRST,
            rule("second", 3, "'stop_after_match': true, 'limits': {'cooldown': '1h'},"),
            rule("third", 1, ""));

    assertThat(said(trial.event(updated("a").at(0).build())))
        .containsExactly("first: FIRED", "second: HELD /priority", "third: HELD /priority");
    assertThat(said(trial.event(updated("b").at(60).build())))
        .containsExactly("first: HELD /limits/per_day", "second: FIRED", "third: HELD /priority");
    assertThat(said(trial.event(updated("c").at(120).build())))
        .containsExactly(
            "first: HELD /limits/per_day", "second: HELD /limits/cooldown", "third: FIRED");
  }

  @Test
  void aWaitThatIsStoppedIsOver() {
    String waits =
        "{'id': '%s', 'priority': %d, %s 'when': {'time_elapsed': {'since': 'last_message_received', 'for': '1m'}}, 'actions': [{'key': 'n', 'add_note': {'text': '%s'}}]}";
    Trial trial =
        of(
            waits.formatted("first", 5, "'stop_after_match': true, 'limits': {'per_day': 1},", "1"),
            waits.formatted("second", 1, "'limits': {'cooldown': '1d'},", "2"));

    trial.event(message("a", 0));
    assertThat(said(trial.until(T0 + 100_000)))
        .containsExactly("first: FIRED", "second: HELD /priority");
    trial.event(message("b", 200));
    assertThat(said(trial.until(T0 + 300_000)))
        .containsExactly("first: HELD /limits/per_day", "second: FIRED");
  }

  private static CrmEvent message(String id, long at) {
    LeadEvents event = event(EventKind.MESSAGE_RECEIVED, id).entity(EntityType.MESSAGE, id);
    return event.at(at).build();
  }
}
