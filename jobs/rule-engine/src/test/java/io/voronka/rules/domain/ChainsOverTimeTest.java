package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.VerdictOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that cause each other with time in between. */
class ChainsOverTimeTest {
  private static final String US = "77";
  private static final long DAY = 86_400;

  private static final String THERE = waitingIn("there", 10, 20);
  private static final String BACK = waitingIn("back", 20, 10);

  private static String waitingIn(String id, int stage, int next) {
    return """
    {'id': '%s',
     'when': {'all': [{'field_value': {'field': 'status_id', 'operator': 'equals', 'value': %d}},
                      {'time_elapsed': {'since': 'stage_entry', 'for': '5s'}}]},
     'actions': [{'key': 'm', 'change_stage': {'stage': %d}}]}
    """
        .formatted(id, stage, next);
  }

  private static LeadEvents moved(String id, long at, String stage) {
    return event(EventKind.LEAD_STAGE_CHANGED, id).at(at).stage("1", stage);
  }

  private static String askedStage(Deciding deciding) {
    return deciding
        .allActions()
        .get(deciding.allActions().size() - 1)
        .getChangeStage()
        .getStatusId();
  }

  /** Does what is asked for, and tells of it, as long as something is. */
  private static int movesOf(Deciding deciding) {
    int moves = 0;
    for (int t = 10; moves < deciding.pass(t).allActions().size() && moves < 50; t += 10) {
      moves++;
      deciding.after(moved("echo" + moves, t + 1, askedStage(deciding)).by(US));
    }
    return moves;
  }

  @Test
  void rulesThatWaitForEachOtherAreCut() {
    Deciding deciding = Deciding.by(THERE, BACK).integrationUser(US);

    deciding.after(moved("person", 0, "10").by("5"));

    assertThat(movesOf(deciding)).isEqualTo(Chains.DEEPEST);
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.HELD);
    assertThat(deciding.verdict().getClause()).isEqualTo("/trigger");
    assertThat(deciding.allActions()).extracting("chainDepth").containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aPersonBeginsANewChain() {
    Deciding deciding = Deciding.by(THERE, BACK).integrationUser(US);
    deciding.after(moved("person", 0, "10").by("5"));
    int moves = movesOf(deciding);
    String other = deciding.state().stageId().equals("10") ? "20" : "10";

    deciding.after(moved("again", 1000, other).by("5")).pass(1005);

    assertThat(deciding.allActions()).hasSize(moves + 1);
    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(1);
  }

  @Test
  void changedRulesGoOnWithTheChain() {
    Deciding deciding = Deciding.by(THERE, BACK).integrationUser(US);
    deciding.after(moved("person", 0, "10").by("5")).pass(10);
    deciding.after(moved("echo", 11, "20").by(US));

    deciding.change(12, waitingIn("another", 20, 30)).pass(20);

    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(2);
  }

  @Test
  void aWaitThatAnEventAndAChainBeganIsNoChain() {
    String rule =
        """
        {'id': 'r', 'when': {'any': [
            {'time_elapsed': {'since': 'stage_entry', 'for': '20s'}},
            {'time_elapsed': {'since': 'last_message_received', 'for': '10s'}}]},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    String move =
        "{'id': 'm', 'trigger': {'event': 'lead_updated'}, 'actions': [{'key': 'm', 'change_stage': {'stage': 20}}]}";
    Deciding deciding = Deciding.by(rule, move).integrationUser(US);
    deciding.after(updated("u").stage("1", "10").by("5"));
    deciding.after(moved("echo", 1, "20").by(US));
    deciding.after(event(EventKind.MESSAGE_RECEIVED, "m").entity(EntityType.MESSAGE, "m").at(11));

    deciding.pass(21);

    assertThat(deciding.moments()).as("both at one instant").hasSize(1);
    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(1);
  }

  @Test
  void aRuleThatWaitsForItsOwnMessageIsCut() {
    String remind =
        """
        {'id': 'r', 'trigger': {'event': 'lead_created'}, 'when': {'any': [
            {'event_triggered': {'event': 'lead_created'}},
            {'time_elapsed': {'since': 'last_message_sent', 'for': '3d', 'unless': 'message_received'}}]},
         'actions': [{'key': 's', 'send_message': {'text': 'Are you there?'}}]}
        """;
    Deciding deciding = Deciding.by(remind).integrationUser(US);
    deciding.after(event(EventKind.LEAD_CREATED, "c"));
    for (int i = 1; i < 20; i++) {
      if (deciding.allActions().size() >= i) {
        deciding.after(
            event(EventKind.MESSAGE_SENT, "s" + i)
                .entity(EntityType.MESSAGE, "s" + i)
                .field("text", "Are you there?")
                .at(3 * DAY * (i - 1) + 60 * i));
      }
      deciding.pass(3 * DAY * i + 60 * i + 1);
    }

    assertThat(deciding.allActions()).hasSize(Chains.DEEPEST);
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.HELD);
  }

  @Test
  void aMoveThatItsSecondHookTellsOfIsInTheChainToo() {
    String rule =
        "{'id': '%s', 'trigger': {'event': 'lead_updated'}, 'when': {'field_value': {'field': 'status_id', 'operator': 'equals', 'value': %d}}, 'actions': [{'key': 'm', 'change_stage': {'stage': %d}}]}";
    Deciding deciding =
        Deciding.by(rule.formatted("there", 10, 20), rule.formatted("back", 20, 10))
            .integrationUser(US);
    deciding.after(updated("person").stage("1", "10").by("5"));
    int moves = 0;
    while (!deciding.actions().isEmpty() && moves < 50) {
      moves++;
      String stage = askedStage(deciding);
      deciding.after(moved("move" + moves, moves, stage).by(US));
      deciding.after(updated("update" + moves).at(moves).stage("1", stage).by(US));
    }

    assertThat(moves).isEqualTo(Chains.DEEPEST);
  }

  /** Columns: what is written to a field, how the CRM tells of it. */
  @ParameterizedTest
  @CsvSource({
    "5.0, 5",
    "'007', 7",
    "true, 1",
    "2026-03-01, 1772312400",
    "2026-03-01T10:00:00+03:00, 1772348400",
    "01.03.2026, 1772312400",
    "Anna, Anna"
  })
  void anEchoIsKnownHoweverTheCrmWritesTheValue(String written, String told) {
    Deciding deciding =
        Deciding.by(
                """
                {'id': 'r', 'trigger': {'event': 'lead_updated'}, 'actions': [
                  {'key': 'w', 'update_field': {'writes': [{'field_id': 5, 'value': '%s'}]}}]}
                """
                    .formatted(written))
            .integrationUser(US)
            .in("Europe/Moscow")
            .after(updated("a"));

    deciding.after(updated("echo").at(1).texts("5", told).by(US));
    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(2);

    deciding.after(updated("other").at(2).texts("5", "8" + told).by(US));
    assertThat(deciding.actions()).extracting("chainDepth").containsExactly(1);
  }
}
