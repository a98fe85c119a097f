package io.voronka.infra.local.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Topics;
import io.voronka.sequences.explain.HistoryText;
import io.voronka.sequences.explain.Knowledge;
import io.voronka.sequences.history.Standing;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When steps that wait for their turn will leave, as the executor has told. */
final class DeparturesIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final long T0 = 1_760_000_000_000L;

  @Test
  void theNewestTellingCountsAndWhoWasToldNothingIsTold() {
    KAFKA.createAllTopics("");
    tell("action-1", T0 + 60_000, T0 + 1_000);
    tell("action-1", T0 + 600_000, T0 + 90_000);
    tell("another", T0 + 70_000, T0 + 2_000);
    Standing told = asked("1", "action-1");
    Standing untold = asked("2", "action-2");

    Departures departures = Departures.of(KAFKA.bootstrapServers(), List.of(told, untold));

    assertThat(departures.at(told)).hasValue(T0 + 600_000);
    assertThat(departures.at(untold)).isEmpty();
    Knowledge known = new Knowledge(ZoneId.of("Europe/Moscow"), "welcome", Map.of(), Map.of());
    assertThat(departures.words(told, new HistoryText(known, Language.EN), Language.EN))
        .contains("is expected to leave at 2025-10-09 12:03:20");
    assertThat(departures.words(told, new HistoryText(known, Language.RU), Language.RU))
        .contains("уйдёт примерно в 2025-10-09 12:03:20");
    assertThat(departures.words(untold, new HistoryText(known, Language.EN), Language.EN))
        .isEmpty();
  }

  private static Standing asked(String lead, String actionId) {
    SequenceProgressed record =
        SequenceProgressed.newBuilder()
            .setId("progress-" + actionId)
            .setTenantId("acme")
            .setAccountId("shop")
            .setSubjectType(EntityType.LEAD)
            .setSubjectId(lead)
            .setSequenceId("welcome")
            .setSequenceVersion(1)
            .setEnrolmentId("run-" + lead)
            .setKind(ProgressKind.REQUESTED)
            .setStepId("hello")
            .setVisit(1)
            .setActionId(actionId)
            .setDueAt(T0)
            .setFiredAt(T0)
            .build();
    return Standing.after(null, List.of(record)).orElseThrow();
  }

  private static void tell(String actionId, long expectedAt, long toldAt) {
    KAFKA.produce(
        Topics.ACTIONS_QUEUED,
        toldAt,
        "acme|shop",
        ActionQueued.newBuilder()
            .setActionId(actionId)
            .setTenantId("acme")
            .setAccountId("shop")
            .setSubjectType(EntityType.LEAD)
            .setSubjectId("1")
            .setKind(ActionKind.SEND_MESSAGE)
            .setDecisionId("decision")
            .setTarget("acme|shop")
            .setExpectedAt(expectedAt)
            .setToldAt(toldAt)
            .build());
  }
}
