package io.voronka.rules.why;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleVerdict;
import io.voronka.schemas.VerdictOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The start is 11:53:20 on Thursday, 9 October 2025, in the tenant's zone. */
class HeldBackTest {
  private static final long HOUR = 3_600;

  /** Fires on every change of the lead, but for what the extra parts say. */
  private static String rule(String id, String extra) {
    return """
    {'id': '%s', 'trigger': {'event': 'lead_updated'}%s,
     'actions': [{'key': 'n', 'add_note': {'text': '%s'}}]}
    """
        .formatted(id, extra.isEmpty() ? "" : ", " + extra, "x");
  }

  private static LeadEvents change(String id, long at) {
    return updated(id).at(at).field("price", id);
  }

  private static void says(Answer answer, Reason reason, String english, String russian) {
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.text(Language.EN)).isEqualTo("Rule r did not fire for lead 7 at " + english);
    assertThat(answer.text(Language.RU))
        .isEqualTo("Правило r для сделки 7 не сработало в " + russian);
  }

  @Test
  void aCooldownIsToldWithItsEnd() {
    Cell cell =
        new Cell()
            .rules(0, rule("r", "'limits': {'cooldown': '1h'}"))
            .after(change("1", 10), change("2", 70));

    says(
        cell.why("r", 100),
        Reason.COOLDOWN,
        "11:54:30 on 9 Oct 2025 (lead updated): it fired at 11:53:30 on 9 Oct 2025 and rests for 1 hour, until 12:53:30 on 9 Oct 2025. It last fired at 11:53:30 on 9 Oct 2025.",
        "11:54:30 9 октября 2025 (изменение сделки): оно сработало в 11:53:30 9 октября 2025 и после этого молчит 1 час, до 12:53:30 9 октября 2025. Прошлый раз оно сработало в 11:53:30 9 октября 2025.");
  }

  @Test
  void aLimitPerSubjectIsToldWithTheTimeAtWhichThereIsRoomAgain() {
    Cell cell =
        new Cell()
            .rules(0, rule("r", "'limits': {'per_subject': {'times': 2, 'within': '1d'}}"))
            .after(change("1", 10), change("2", 70), change("3", 130));

    says(
        cell.why("r", 200),
        Reason.TOO_OFTEN,
        "11:55:30 on 9 Oct 2025 (lead updated): it may fire 2 times within 1 day for one subject and has; next not before 11:53:30 on 10 Oct 2025. It last fired at 11:54:30 on 9 Oct 2025.",
        "11:55:30 9 октября 2025 (изменение сделки): для одного объекта оно может сработать 2 раза за 1 день и уже сработало; снова — не раньше 11:53:30 10 октября 2025. Прошлый раз оно сработало в 11:54:30 9 октября 2025.");
  }

  @Test
  void aFullDayIsToldWithTheTenantsMidnight() {
    Cell cell = new Cell().rules(0, rule("r", "'limits': {'per_day': 3}")).after(change("1", 10));
    RuleDecided decided = cell.decisions().get(0);
    RuleVerdict held =
        RuleVerdict.newBuilder(decided.getVerdicts().get(0))
            .setOutcome(VerdictOutcome.HELD)
            .setClause("/limits/per_day")
            .setExpected("less than 3 a day")
            .setActual("3 today")
            .build();
    decided.setVerdicts(List.of(held));

    says(
        cell.why("r", 100),
        Reason.DAY_FULL,
        "11:53:30 on 9 Oct 2025 (lead updated): it may fire 3 times a day over all subjects and has; next at 00:00:00 on 10 Oct 2025.",
        "11:53:30 9 октября 2025 (изменение сделки): за день по всем объектам оно может сработать 3 раза и уже сработало; снова — с 00:00:00 10 октября 2025.");
  }

  @Test
  void activeHoursAreToldWithTheirNextBeginning() {
    String hours = "'active': {'from': '09:00', 'to': '11:00', 'days': ['thu']}";
    Cell cell = new Cell().rules(0, rule("r", hours)).after(change("1", 10));

    says(
        cell.why("r", 100),
        Reason.OUTSIDE_HOURS,
        "11:53:30 on 9 Oct 2025 (lead updated): it was outside of its active hours (09:00–11:00 on Thu by the clocks of Europe/Moscow); they begin again at 09:00:00 on 16 Oct 2025, and what comes outside is passed over.",
        "11:53:30 9 октября 2025 (изменение сделки): это было вне часов его работы (09:00–11:00, чт по часам Europe/Moscow); они снова начинаются в 09:00:00 16 октября 2025, а пришедшее вне их пропускается.");
  }

  @Test
  void aWaitOutsideOfActiveHoursIsJudgedWhenTheyBegin() {
    String silence =
        """
        {'id': 'r', 'active': {'from': '09:00', 'to': '11:00', 'outside': 'wait'},
         'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '1h'}},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Cell cell =
        new Cell()
            .rules(0, silence)
            .after(event(EventKind.MESSAGE_SENT, "m").entity(EntityType.MESSAGE, "m").at(10))
            .pass(2 * HOUR);

    Answer answer = cell.why("r", 2 * HOUR);

    assertThat(answer.reason()).isIn(Reason.OUTSIDE_HOURS, Reason.WAITING);
    assertThat(answer.text(Language.EN)).contains("at 09:00:00 on 10 Oct 2025");
    assertThat(cell.pass(24 * HOUR).why("r", 24 * HOUR).reason()).isEqualTo(Reason.FIRED);
  }

  @Test
  void theRuleThatStopsTheOthersIsNamed() {
    Cell cell =
        new Cell()
            .rules(0, rule("first", "'priority': 5, 'stop_after_match': true"), rule("r", ""))
            .after(change("1", 10));

    says(
        cell.why("r", 100),
        Reason.STOPPED,
        "11:53:30 on 9 Oct 2025 (lead updated): rule first, which goes before it, fired and stops those after it.",
        "11:53:30 9 октября 2025 (изменение сделки): правило first, которое идёт раньше, сработало и останавливает следующие.");
  }

  @Test
  void aCutChainIsToldWithItsLength() {
    String echo =
        """
        {'id': 'r', 'trigger': {'event': 'lead_updated'},
         'actions': [{'key': 'n', 'update_field': {'writes': [{'field': 'price', 'value': 5}]}}]}
        """;
    Cell cell = new Cell().rules(0, echo);
    for (int i = 0; i <= 5; i++) {
      cell.after(updated("e" + i).at(10 + i).field("price", "5").by("900"));
    }

    says(
        cell.why("r", 100),
        Reason.CHAIN_CUT,
        "11:53:35 on 9 Oct 2025 (lead updated): 5 rules in a row had caused each other, and the chain is cut there. It last fired at 11:53:34 on 9 Oct 2025.",
        "11:53:35 9 октября 2025 (изменение сделки): правила подряд вызвали друг друга (5), и цепочка на этом обрывается. Прошлый раз оно сработало в 11:53:34 9 октября 2025.");
  }

  @Test
  void aTextWithoutAValueIsToldWithWhatIsMissing() {
    String greeting = rule("r", "").replace("'text': 'x'", "'text': 'Hello {{lead.name}}'");
    Cell cell = new Cell().rules(0, greeting).after(change("1", 10));

    says(
        cell.why("r", 100),
        Reason.TEXT_FAILED,
        "11:53:30 on 9 Oct 2025 (lead updated): action n could not be written: there is no lead.name.",
        "11:53:30 9 октября 2025 (изменение сделки): действие n не удалось составить: не хватает — lead.name.");
  }

  @Test
  void anObservedRuleIsToldToDoNothing() {
    Cell cell = new Cell().rules(0, rule("r", "'mode': 'observe'")).after(change("1", 10));

    says(
        cell.why("r", 100),
        Reason.OBSERVED,
        "11:53:30 on 9 Oct 2025 (lead updated): it would have fired, but its mode is observe: it decides and does nothing.",
        "11:53:30 9 октября 2025 (изменение сделки): условия выполнены, но режим правила — observe: оно только наблюдает и ничего не делает.");
  }

  @Test
  void aLateEventIsToldToBeStale() {
    String moved =
        rule("r", "'when': {'stage_changed': {'from': 10}}").replace("updated", "stage_changed");
    Cell cell =
        new Cell()
            .rules(0, moved)
            .after(
                event(EventKind.LEAD_CREATED, "c").at(10).stage("1", "30"),
                event(EventKind.LEAD_STAGE_CHANGED, "a").at(50).stage("1", "20"),
                event(EventKind.LEAD_STAGE_CHANGED, "b")
                    .at(40)
                    .received(Cell.millis(60))
                    .stage("1", "10"));

    says(
        cell.why("r", 100),
        Reason.STALE,
        "11:54:20 on 9 Oct 2025 (stage changed): the event is older than what was already known, so it says nothing about now (it needs “the lead enters a stage”).",
        "11:54:20 9 октября 2025 (смена этапа): событие старше уже известного и о нынешнем положении не говорит (требуется «сделка входит на этап»).");
  }

  @Test
  void aVersionThatIsGoneLeavesTheRecordedTexts() {
    Cell cell =
        new Cell()
            .rules(
                0,
                rule(
                    "r",
                    "'when': {'field_value': {'field': 'price', 'operator': 'less', 'value': 1}}"))
            .after(change("9", 10));
    Answer answer = cell.why("r", 100).about(Optional.empty());

    assertThat(answer.text(Language.RU)).contains("требуется «price less 1», а на деле: 9");
  }
}
