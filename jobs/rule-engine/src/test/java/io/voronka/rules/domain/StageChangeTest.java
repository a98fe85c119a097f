package io.voronka.rules.domain;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.VerdictOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageChangeTest {
  private static final String WON = "{'stage_changed': {'to': 142}}";
  private static final String ON_STAGE =
      """
      {'id': 's', 'trigger': {'event': 'lead_stage_changed'},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;

  @Test
  void firesOnceWhicheverOfTheHooksOfOneMoveComesFirst() {
    LeadEvents update = updated("u").at(10).stage("1", "142");
    LeadEvents status =
        event(EventKind.LEAD_STAGE_CHANGED, "s").at(10).stage("1", "142").was("status_id", "10");
    LeadEvents responsible =
        event(EventKind.LEAD_RESPONSIBLE_CHANGED, "r").at(10).stage("1", "142");
    for (List<LeadEvents> order :
        List.of(
            List.of(update, status, responsible),
            List.of(status, update, responsible),
            List.of(responsible, status, update),
            List.of(responsible, update, status))) {
      Deciding deciding =
          Deciding.by(ON_STAGE).after(event(EventKind.LEAD_CREATED, "c").stage("1", "10"));

      long fired = order.stream().filter(hook -> deciding.after(hook).fired()).count();

      assertThat(fired).as("fired in the order %s", order).isEqualTo(1);
    }
  }

  @Test
  void aLeadCreatedInAStageEntersIt() {
    assertThat(
            Deciding.when(WON).after(event(EventKind.LEAD_CREATED, "c").stage("1", "142")).fired())
        .isTrue();
    assertThat(
            Deciding.by(ON_STAGE)
                .after(event(EventKind.LEAD_CREATED, "c").stage("1", "142"))
                .fired())
        .isTrue();
  }

  @Test
  void aCreationThatComesAfterTheFirstUpdateStillCounts() {
    Deciding deciding = Deciding.when(WON).after(updated("u").at(1).stage("1", "142"));
    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
    assertThat(deciding.verdict().getActual()).as("unknown").isNull();

    deciding.after(event(EventKind.LEAD_CREATED, "c").at(0).stage("1", "142"));

    assertThat(deciding.fired()).isTrue();
  }

  @Test
  void anEventOlderThanTheKnownMoveIsStaleAndMovesNothingBack() {
    Deciding deciding =
        Deciding.when("{'stage_changed': {'to': 20}}")
            .after(
                event(EventKind.LEAD_CREATED, "c").stage("1", "10"),
                updated("b").at(60).stage("1", "30"));

    deciding.after(updated("a").at(30).stage("1", "20"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.STALE);
    assertThat(deciding.verdict().getClause()).isEqualTo("/when/stage_changed");
    assertThat(deciding.state().stageId()).isEqualTo("30");
  }

  /** A hook of the move without a time, and one that the creation seems to be newer than. */
  @ParameterizedTest
  @CsvSource({",0", "10,12"})
  void aCreationThatComesAfterAMoveMovesNothingBack(Long moved, long created) {
    LeadEvents move = event(EventKind.LEAD_STAGE_CHANGED, "s").stage("1", "20");
    move = moved == null ? move.untimed() : move.at(moved);
    Deciding deciding =
        Deciding.when("{'stage_changed': {'to': 20}}")
            .after(move.received(LeadEvents.T0 + 15_000))
            .after(
                event(EventKind.LEAD_CREATED, "c")
                    .at(created)
                    .stage("2", "10")
                    .field("name", "new")
                    .received(LeadEvents.T0 + 16_000));
    assertThat(deciding.state().stageId()).isEqualTo("20");
    assertThat(deciding.state().pipelineId()).isEqualTo("1");
    assertThat(deciding.state().text("name")).isEqualTo("new");

    deciding.after(updated("u").at(20).stage("1", "20"));

    assertThat(deciding.allActions()).as("one move").hasSize(1);
  }

  @Test
  void aStaleStageHookIsToldAsStaleToRulesWithoutConditionsToo() {
    Deciding deciding =
        Deciding.by(ON_STAGE)
            .after(
                event(EventKind.LEAD_CREATED, "c").stage("1", "10"),
                updated("b").at(60).stage("1", "30"));

    deciding.after(event(EventKind.LEAD_STAGE_CHANGED, "a").at(30).stage("1", "20"));

    assertThat(deciding.outcome()).isEqualTo(VerdictOutcome.STALE);
    assertThat(deciding.verdict().getClause()).isEqualTo("/trigger");
  }

  @Test
  void theVendorsPreviousStageHelpsWhereNothingIsKnown() {
    Deciding deciding =
        Deciding.when("{'stage_changed': {'from': [10], 'to': [142], 'pipeline': '1'}}");

    deciding.after(updated("u").stage("1", "142").was("status_id", "10"));

    assertThat(deciding.fired()).isTrue();
  }

  @Test
  void aStageHookWithoutAPreviousStageIsAMoveFromAnUnknownOne() {
    LeadEvents hook = event(EventKind.LEAD_STAGE_CHANGED, "s").stage("1", "142");

    assertThat(Deciding.when(WON).after(hook).fired()).isTrue();
    Deciding from = Deciding.when("{'stage_changed': {'from': 10, 'to': 142}}").after(hook);
    assertThat(from.outcome()).isEqualTo(VerdictOutcome.NOT_MATCHED);
  }

  @Test
  void theSameStageInAnotherPipelineIsAMove() {
    Deciding deciding =
        Deciding.when("{'stage_changed': {'to': 142, 'pipeline': 2}}")
            .after(event(EventKind.LEAD_CREATED, "c").stage("1", "142"));

    deciding.after(updated("u").at(5).stage("2", "142"));

    assertThat(deciding.fired()).isTrue();
  }

  @Test
  void aHookWithoutATimeMovesTheLeadButMakesNothingStale() {
    Deciding deciding =
        Deciding.when("{'stage_changed': {'to': [20, 30]}}")
            .after(
                event(EventKind.LEAD_CREATED, "c").at(0).stage("1", "10"),
                event(EventKind.MAIL_RECEIVED, "d")
                    .untimed()
                    .received(LeadEvents.T0 + 9_999)
                    .stage("1", "20"));

    deciding.after(updated("u").at(9).stage("1", "30"));

    assertThat(deciding.fired()).isTrue();
    assertThat(deciding.state().stageId()).isEqualTo("30");
  }

  @Test
  void movesThereAndBackFireEachTime() {
    Deciding deciding =
        Deciding.when(WON).after(event(EventKind.LEAD_CREATED, "c").stage("1", "10"));

    assertThat(deciding.after(updated("1").at(1).stage("1", "142")).fired()).isTrue();
    assertThat(deciding.after(updated("2").at(2).stage("1", "10")).fired()).isFalse();
    assertThat(deciding.after(updated("3").at(3).stage("1", "142")).fired()).isTrue();
    assertThat(deciding.after(updated("4").at(4).stage("1", "142")).fired()).isFalse();
  }

  @Test
  void aMoveThatSeveralHooksTellOfCountsOnce() {
    Deciding deciding =
        Deciding.when(
                "{'event_triggered': {'event': 'lead_stage_changed', 'times': 2, 'within': '1h'}}")
            .after(event(EventKind.LEAD_CREATED, "c").at(-7200).stage("1", "10"));

    deciding.after(updated("1").at(0).stage("1", "20"));
    deciding.after(event(EventKind.LEAD_STAGE_CHANGED, "2").at(0).stage("1", "20"));
    assertThat(deciding.after(updated("3").at(60).field("name", "Ann")).fired()).isFalse();
    assertThat(deciding.verdict().getActual()).isEqualTo("1 times");

    deciding.after(event(EventKind.LEAD_STAGE_CHANGED, "4").at(120).stage("1", "30"));
    assertThat(deciding.fired()).isTrue();
  }
}
