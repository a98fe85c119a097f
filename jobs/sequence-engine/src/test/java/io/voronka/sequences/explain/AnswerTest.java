package io.voronka.sequences.explain;

import static io.voronka.sequences.SequenceTexts.BERLIN;
import static io.voronka.sequences.SequenceTexts.event;
import static io.voronka.sequences.SequenceTexts.happens;
import static io.voronka.sequences.SequenceTexts.lead;
import static io.voronka.sequences.SequenceTexts.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.explain.Language;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.EventKind;
import io.voronka.sequences.domain.Command;
import io.voronka.sequences.domain.Command.Kind;
import io.voronka.sequences.domain.Sequence;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.domain.Start;
import io.voronka.sequences.explain.Answer.Reason;
import io.voronka.sequences.explain.Knowledge.Cause;
import io.voronka.sequences.simulation.Effects;
import io.voronka.sequences.simulation.LeadRun;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final long DAY = 86_400_000L;
  private static final String DEFINITION =
      """
      {'id': 'welcome', 'name': 'Welcome', 'entry': {'event': 'lead_created'}, 'exits': [{'event': 'message_received'}],
       'steps': [{'id': 'hello', 'send_message': {'text': 'Hi'}, 'required': true}, {'id': 'day', 'wait': {'for': '1d'}},
                 {'id': 'reply', 'wait_for': {'event': 'call_made', 'timeout': {'for': '2d'}}}, {'id': 'bye', 'send_message': {'text': 'Bye'}}]}
      """;
  private static final Sequence WELCOME = sequence(DEFINITION);

  private final Map<String, Cause> causes = new HashMap<>();

  private static LeadRun outside(Effects effects) {
    return lead(
        SequenceSet.of(List.of(new SequenceVersion(WELCOME, 1, 0))), "2026-01-05T09:00", effects);
  }

  private LeadRun inside() {
    LeadRun lead = outside(Effects.confirmed());
    happens(lead, EventKind.LEAD_CREATED);
    causes.put(lead.progress().get(0).getCauseId(), Cause.of(EventKind.LEAD_CREATED));
    return lead;
  }

  private void command(LeadRun lead, String id, Kind kind, String step) {
    causes.put(id, Cause.by("vera"));
    lead.command(id, "welcome", new Command(kind, null, step, false));
  }

  private Answer answer(LeadRun lead) {
    return answer(lead, lead.now(), true);
  }

  private Answer answer(LeadRun lead, long at, boolean whole) {
    Knowledge known = new Knowledge(BERLIN, "welcome", Map.of(1L, WELCOME), causes);
    return Answer.of("7", lead.progress(), at, known, whole);
  }

  private static void says(Answer answer, Reason reason, String english, String russian) {
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.text(Language.EN)).isEqualTo(english);
    assertThat(answer.text(Language.RU)).isEqualTo(russian);
  }

  @Test
  void whoWaitsForATime() {
    LeadRun lead = inside();
    lead.until(lead.now() + 60_000);

    says(
        answer(lead),
        Reason.INSIDE,
        "Lead 7 is inside the sequence “Welcome” (version 1), since 2026-01-05 09:00:00 +01:00"
            + " (creation of the lead): it waits in step “day” until 2026-01-06 09:00:01 +01:00.",
        "Сделка 7 в цепочке «Welcome» (версия 1) с 2026-01-05 09:00:00 +01:00 (событие: создание"
            + " сделки): ждёт на шаге «day» до 2026-01-06 09:00:01 +01:00.");
  }

  @Test
  void whoWaitsForAnOutcomeOrForSomethingToHappen() {
    LeadRun lead = inside();
    assertThat(answer(lead).text(Language.EN))
        .endsWith(
            "it asked for step “hello” (send the message “Hi”) at 2026-01-05 09:00:00 +01:00, and"
                + " waits to hear what became of it.");
    lead.until(lead.now() + DAY + 60_000);

    assertThat(answer(lead).text(Language.EN))
        .endsWith(
            "it waits in step “reply” for this: when a call is made, until 2026-01-08 09:00:01"
                + " +01:00 at the latest.");
    assertThat(answer(lead).text(Language.RU))
        .endsWith(
            "ждёт на шаге «reply» события: когда совершён звонок, не позже 2026-01-08 09:00:01"
                + " +01:00.");
  }

  @Test
  void whoIsPausedAndByWhom() {
    LeadRun lead = inside();
    lead.until(lead.now() + 60_000);
    command(lead, "c1", Kind.PAUSE, null);

    says(
        answer(lead),
        Reason.INSIDE,
        "Lead 7 is inside the sequence “Welcome” (version 1), since 2026-01-05 09:00:00 +01:00"
            + " (creation of the lead): it has been paused since 2026-01-05 09:01:00 +01:00 (by vera):"
            + " the wait in step “day” was to end at 2026-01-06 09:00:01 +01:00.",
        "Сделка 7 в цепочке «Welcome» (версия 1) с 2026-01-05 09:00:00 +01:00 (событие: создание"
            + " сделки): приостановлена с 2026-01-05 09:01:00 +01:00 (команда: vera): ожидание на"
            + " шаге «day» должно было кончиться в 2026-01-06 09:00:01 +01:00.");
  }

  @Test
  void whoLeftByAnExitAndWasNotLetInAgain() {
    LeadRun lead = inside();
    lead.until(lead.now() + 60_000);
    happens(lead, EventKind.MESSAGE_RECEIVED);
    lead.until(lead.now() + 60_000);
    lead.event(event(EventKind.LEAD_CREATED, lead.now(), Map.of()));

    says(
        answer(lead),
        Reason.LEFT,
        "Lead 7 left the sequence “Welcome” (version 1) at 2026-01-05 09:01:00 +01:00 in step"
            + " “day”, because an exit applied (when a message comes in). It had entered at"
            + " 2026-01-05 09:00:00 +01:00 (creation of the lead). At 2026-01-05 09:02:00 +01:00 it"
            + " was not let in again: it had been inside before. Nobody enters twice.",
        "Сделка 7 вышла из цепочки «Welcome» (версия 1) в 2026-01-05 09:01:00 +01:00 на шаге «day»:"
            + " сработало условие выхода (когда пришло сообщение). Вошла она в 2026-01-05 09:00:00"
            + " +01:00 (событие: создание сделки). В 2026-01-05 09:02:00 +01:00 снова не вошла: она"
            + " уже была внутри. Второй раз войти нельзя.");
    assertThat(answer(lead, lead.now() - 90_000, true).reason())
        .as("as things stood then")
        .isEqualTo(Reason.INSIDE);
  }

  @Test
  void whyARequiredStepEndedIt() {
    LeadRun lead =
        outside(action -> new Effects.Effect(ActionOutcome.FAILED, "talk-unknown", 1000));
    happens(lead, EventKind.LEAD_CREATED);
    lead.until(lead.now() + 60_000);

    assertThat(answer(lead).text(Language.EN))
        .contains("in step “hello”, because the required step “hello” failed.");
    assertThat(answer(lead).timeline(Language.EN))
        .containsExactly(
            "2026-01-05 09:00:00 +01:00  entered by version 1",
            "2026-01-05 09:00:00 +01:00  asked for step “hello” (send the message “Hi”)",
            "2026-01-05 09:00:01 +01:00  step “hello”: failed, there is no talk to say it in",
            "2026-01-05 09:00:01 +01:00  left in step “hello”: the required step “hello” failed");
    assertThat(answer(lead).timeline(Language.RU))
        .contains("2026-01-05 09:00:01 +01:00  шаг «hello»: не удалось: нет беседы, куда писать");
  }

  @Test
  void commandsAndTheirAnswersAreInTheHistory() {
    LeadRun lead = inside();
    lead.until(lead.now() + 60_000);
    command(lead, "c1", Kind.SKIP, "nowhere");
    command(lead, "c2", Kind.PAUSE, null);
    lead.until(lead.now() + 60_000);
    command(lead, "c3", Kind.RESUME_SHIFTING, null);
    command(lead, "c4", Kind.SKIP, "bye");
    command(lead, "c5", Kind.CANCEL, null);
    command(lead, "c6", Kind.CANCEL, null);

    List<String> told =
        answer(lead).timeline(Language.EN).stream()
            .skip(4)
            .map(line -> line.substring("2026-01-05 09:00:00 +01:00  ".length()))
            .toList();
    assertThat(told)
        .containsExactly(
            "a command was not obeyed (by vera): its version has no step “nowhere”",
            "is paused (by vera)",
            "goes on, what it waits for is due as much later as it was paused (by vera)",
            "waits in step “day” until 2026-01-06 09:01:01 +01:00",
            "goes on with step “bye” (by vera)",
            "asked for step “bye” (send the message “Bye”)",
            "left in step “bye”: it was cancelled (by vera)",
            "a command was not obeyed (by vera): it was not inside");
    assertThat(answer(lead).reason()).isEqualTo(Reason.LEFT);
  }

  @Test
  void whoWasNeverLetInAndOfWhomNothingIsKnown() {
    LeadRun lead = outside(Effects.confirmed());
    says(
        answer(lead),
        Reason.NO_RECORD,
        "There is no record of lead 7 in the sequence “Welcome”: nothing let it in, and nothing was"
            + " refused. Entered when a lead is created.",
        "Записей о сделке 7 в цепочке «Welcome» нет: её ничто не впускало, и отказов не было. Вход:"
            + " когда сделка создана.");
    assertThat(answer(lead, lead.now(), false).text(Language.EN))
        .endsWith("The oldest records are gone, so it may have been inside before.");

    Sequence closed = sequence(DEFINITION.replace("'entry'", "'state': 'closed', 'entry'"));
    lead.publish(SequenceSet.of(List.of(new SequenceVersion(closed, 1, 0))));
    causes.put("c1", Cause.by("rule:greet"));
    lead.start(new Start("welcome", null, "c1", true, 0));
    assertThat(answer(lead).reason()).isEqualTo(Reason.REFUSED);
    assertThat(answer(lead).text(Language.EN))
        .isEqualTo(
            "Lead 7 was not let into the sequence “Welcome” at 2026-01-05 09:00:00 +01:00 (by the"
                + " rule greet): the sequence lets nobody in any more.");
  }

  @Test
  void aStartOfWhatIsNotThereIsAnswered() {
    LeadRun lead = outside(Effects.confirmed());
    lead.start(new Start("farewell", null, "c1", false, 0));

    assertThat(lead.progress())
        .singleElement()
        .satisfies(one -> assertThat(one.getReason()).isEqualTo("no-such-sequence"));
  }

  @Test
  void aRuleThatStopsWhatIsNotInsideSaysNothing() {
    LeadRun lead = outside(Effects.confirmed());
    lead.command("c1", "welcome", new Command(Kind.STOP, null, null, true));

    assertThat(lead.progress()).isEmpty();
  }
}
