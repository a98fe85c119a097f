package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.EventKind;
import org.junit.jupiter.api.Test;

/** What an import tells of a lead is known afterwards, and sets nothing off. */
class ImportedLeadTest {
  private static final String WON = "{'stage_changed': {'to': 142}}";
  private static final String FROM_TEN = "{'stage_changed': {'from': 10, 'to': 142}}";

  @Test
  void noRuleListensToAnImport() {
    for (String name : new String[] {"lead_imported", "contact-imported", "company_imported"}) {
      String definition =
          """
          {"id": "r", "name": "R", "trigger": {"event": ["%s"]},
           "actions": [{"key": "n", "add_note": {"text": "x"}}]}
          """
              .formatted(name);

      assertThat(RuleParser.create().parse(definition).problems())
          .anySatisfy(
              problem ->
                  assertThat(problem.toString())
                      .contains("unknown event " + name)
                      .doesNotContain("_imported,"));
    }
  }

  @Test
  void theFirstMoveAfterAnImportIsAMoveFromTheImportedStage() {
    Deciding deciding = Deciding.when(FROM_TEN).after(imported("i").at(0).stage("1", "10"));
    assertThat(deciding.verdicts()).isEmpty();

    deciding.after(updated("u").at(60).stage("1", "142"));

    assertThat(deciding.fired()).isTrue();
  }

  @Test
  void anImportThatShowsAnotherStageMovesTheLeadSilently() {
    Deciding deciding =
        Deciding.when(WON)
            .after(
                event(EventKind.LEAD_CREATED, "c").at(0).stage("1", "10"),
                imported("i").at(60).stage("1", "142"));

    assertThat(deciding.verdicts()).isEmpty();
    assertThat(deciding.state().stageId()).isEqualTo("142");
    assertThat(deciding.state().stageEntry()).as("unknown").isNull();
  }

  @Test
  void theDelayedHookOfAMoveThatAnImportShowedFirstStillCounts() {
    Deciding deciding =
        Deciding.when(WON)
            .after(
                event(EventKind.LEAD_CREATED, "c").at(0).stage("1", "10"),
                imported("i").at(60).stage("1", "142"));

    deciding.after(event(EventKind.LEAD_STAGE_CHANGED, "s").at(60).stage("1", "142"));

    assertThat(deciding.fired()).isTrue();
  }

  @Test
  void anImportOfTheSameSecondDoesNotUndoWhatAHookSaid() {
    Deciding deciding =
        Deciding.when(WON)
            .after(
                updated("u").at(60).stage("1", "142").field("name", "new"),
                imported("i").at(60).stage("1", "10").field("name", "old").field("price", "5"));

    assertThat(deciding.state().stageId()).isEqualTo("142");
    assertThat(deciding.state().text("name")).isEqualTo("new");
    assertThat(deciding.state().text("price")).as("unknown before").isEqualTo("5");
  }

  @Test
  void anOlderImportFillsOnlyWhatWasNeverSeen() {
    Deciding deciding =
        Deciding.when(WON)
            .after(
                updated("u").at(60).field("name", "new"),
                imported("i").at(0).stage("1", "10").field("name", "old"));

    assertThat(deciding.state().text("name")).isEqualTo("new");
    assertThat(deciding.state().stageId()).isEqualTo("10");
  }

  private static LeadEvents imported(String id) {
    return event(EventKind.LEAD_IMPORTED, id);
  }
}
