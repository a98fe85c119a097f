package io.voronka.rules.why;

import static io.voronka.rules.LeadEvents.event;
import static io.voronka.rules.LeadEvents.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.rules.LeadEvents;
import io.voronka.rules.explain.Language;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldRow;
import org.junit.jupiter.api.Test;

/**
 * The start is 11:53:20 on 9 October 2025 in the tenant's zone; events are logged half a second
 * later.
 */
class WhyNotTest {
  private static final String OFFER =
      """
      {'id': 'offer', 'trigger': {'event': 'lead_updated'},
       'when': {'field_value': {'field': 'price', 'operator': 'greater_or_equal', 'value': 1000}},
       'actions': [{'key': 'call', 'create_task': {'text': 'Call', 'due': '1h'}}]}
      """;
  private static final String MOVED =
      """
      {'id': 'moved', 'trigger': {'event': 'lead_stage_changed'},
       'when': {'stage_changed': {'to': 20}},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;
  private static final String SILENCE =
      """
      {'id': 'silence',
       'when': {'time_elapsed': {'since': 'last_message_sent', 'for': '3d', 'unless': 'message_received'}},
       'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
      """;
  private static final long DAY = 86_400;

  private static LeadEvents message(EventKind kind, String id, long at) {
    return event(kind, id).entity(EntityType.MESSAGE, id).at(at);
  }

  private static void says(Answer answer, Reason reason, String english, String russian) {
    assertThat(answer.reason()).isEqualTo(reason);
    assertThat(answer.text(Language.EN)).isEqualTo(english);
    assertThat(answer.text(Language.RU)).isEqualTo(russian);
  }

  @Test
  void firedTellsWhatBecameOfItsActions() {
    Cell cell = new Cell().rules(0, OFFER).after(updated("e").at(10).field("price", "1500"));

    says(
        cell.why("offer", 100),
        Reason.FIRED,
        "Rule offer fired for lead 7 at 11:53:30 on 9 Oct 2025 (lead updated): task (call) not finished yet.",
        "Правило offer для сделки 7 сработало в 11:53:30 9 октября 2025 (изменение сделки): задача (call) — ещё не завершено.");
    assertThat(cell.queued(50, 4_000).why("offer", 40).fates().get(0).expectedAt()).isZero();
    says(
        cell.why("offer", 100),
        Reason.FIRED,
        "Rule offer fired for lead 7 at 11:53:30 on 9 Oct 2025 (lead updated): task (call) waits for its turn and is expected to leave at 13:00:00 on 9 Oct 2025.",
        "Правило offer для сделки 7 сработало в 11:53:30 9 октября 2025 (изменение сделки): задача (call) — ждёт очереди, будет отправлено примерно в 13:00:00 9 октября 2025.");
    says(
        cell.completed(ActionOutcome.CONFIRMED, null, 12).why("offer", 100),
        Reason.FIRED,
        "Rule offer fired for lead 7 at 11:53:30 on 9 Oct 2025 (lead updated): task (call) done at 11:53:32 on 9 Oct 2025.",
        "Правило offer для сделки 7 сработало в 11:53:30 9 октября 2025 (изменение сделки): задача (call) — выполнено в 11:53:32 9 октября 2025.");
    assertThat(
            cell.completed(ActionOutcome.REFUSED, "account-inactive", 13)
                .why("offer", 100)
                .text(Language.EN))
        .endsWith("task (call) refused: the CRM account is inactive.");
  }

  @Test
  void whatTheIndexRuledOutIsJudgedByTheTypesOfTheFieldsToo() {
    FieldRow text =
        FieldRow.newBuilder()
            .setTenantId("acme")
            .setAccountId("kommo-1")
            .setEntityType(EntityType.LEAD)
            .setFieldId("5")
            .setName("Size")
            .setType("text")
            .build();
    String rule =
        """
        {'id': 'size', 'trigger': {'event': 'lead_updated'},
         'when': {'field_value': {'field_id': 5, 'operator': 'equals', 'value': 10}},
         'actions': [{'key': 'n', 'add_note': {'text': 'x'}}]}
        """;
    Cell cell =
        new Cell().fields(text).rules(0, rule).after(updated("e").at(10).texts("5", "10.0"));

    assertThat(cell.decisions()).as("ruled out by the index").isEmpty();
    assertThat(cell.why("size", 100).reason()).isEqualTo(Reason.NOT_MATCHED);
    assertThat(cell.why("size", 100).text(Language.EN)).contains("10.0").contains("10");
  }

  @Test
  void theFirstFailingClauseIsNamedWithWhatWasThere() {
    Cell cell =
        new Cell()
            .rules(0, OFFER)
            .after(
                updated("a").at(10).field("price", "1500"),
                updated("b").at(20).field("price", "500"));

    says(
        cell.why("offer", 100),
        Reason.NOT_MATCHED,
        "Rule offer did not fire for lead 7 at 11:53:40 on 9 Oct 2025 (lead updated): it needs “budget is at least 1000”, but budget was 500. It last fired at 11:53:30 on 9 Oct 2025.",
        "Правило offer для сделки 7 не сработало в 11:53:40 9 октября 2025 (изменение сделки): требуется «бюджет — не меньше 1000», а на деле: бюджет — 500. Прошлый раз оно сработало в 11:53:30 9 октября 2025.");
    assertThat(cell.why("offer", 15).reason()).as("as it stood then").isEqualTo(Reason.FIRED);
  }

  @Test
  void whatTheIndexRuledOutIsJudgedAgain() {
    Cell cell =
        new Cell()
            .rules(0, MOVED)
            .after(
                event(EventKind.LEAD_CREATED, "c").at(10).stage("1", "10"),
                event(EventKind.LEAD_STAGE_CHANGED, "m").at(20).stage("1", "30"));
    assertThat(cell.decisions()).as("no verdict is on record").isEmpty();

    says(
        cell.why("moved", 100),
        Reason.NOT_MATCHED,
        "Rule moved did not fire for lead 7 at 11:53:40 on 9 Oct 2025 (stage changed): it needs “the lead enters stage 20”, but the lead moved from stage 10 to stage 30 of pipeline 1. No verdict is on record, since the rule's index ruled it out: judged again from the records.",
        "Правило moved для сделки 7 не сработало в 11:53:40 9 октября 2025 (смена этапа): требуется «сделка входит на этап 20», а на деле: сделка перешла с этапа 10 на этап 30 воронки 1. Записанного решения нет, правило отсеял индекс: проверено заново по записям.");
    assertThat(cell.forget().why("moved", 100).reason()).isEqualTo(Reason.SUBJECT_UNKNOWN);
  }

  @Test
  void deletedEventsAreSaidToBeMissing() {
    Cell cell =
        new Cell()
            .rules(0, MOVED)
            .after(event(EventKind.LEAD_CREATED, "c").at(10).stage("1", "10"))
            .forget()
            .after(event(EventKind.LEAD_STAGE_CHANGED, "m").at(20).stage("1", "30"));

    assertThat(cell.why("moved", 100).text(Language.EN))
        .endsWith("judged again from the records, of which the oldest are gone.");
  }

  @Test
  void furtherHooksOfAMoveDoNotHideItsDecision() {
    Cell cell =
        new Cell()
            .rules(0, MOVED)
            .after(
                event(EventKind.LEAD_CREATED, "c").at(10).stage("1", "10"),
                updated("u").at(20).stage("1", "20"),
                event(EventKind.LEAD_STAGE_CHANGED, "s")
                    .at(20)
                    .received(Cell.millis(21))
                    .stage("1", "20"));
    assertThat(cell.decisions()).hasSize(2);

    assertThat(cell.why("moved", 100).reason()).isEqualTo(Reason.FIRED);
  }

  @Test
  void aWaitIsToldWithItsMoment() {
    Cell cell = new Cell().rules(0, SILENCE).after(message(EventKind.MESSAGE_SENT, "m", 40));

    says(
        cell.why("silence", DAY),
        Reason.WAITING,
        "Rule silence waits for lead 7: it will be judged at 11:54:00 on 12 Oct 2025 if nothing else happens (3 days after the last outgoing message with no incoming message since; counted from 11:54:00 on 9 Oct 2025).",
        "Правило silence для сделки 7 ждёт: если ничего не случится, оно будет проверено в 11:54:00 12 октября 2025 (через 3 дня после последнего события „исходящее сообщение“, если с тех пор не было: входящее сообщение; отсчёт с 11:54:00 9 октября 2025).");
    says(
        cell.pass(4 * DAY).why("silence", 4 * DAY),
        Reason.FIRED,
        "Rule silence fired for lead 7 at 11:54:00 on 12 Oct 2025 (by itself): note (n) not finished yet.",
        "Правило silence для сделки 7 сработало в 11:54:00 12 октября 2025 (по времени): примечание (n) — ещё не завершено.");
  }

  @Test
  void aWaitThatHasEndedIsToldWithWhatEndedIt() {
    Cell cell =
        new Cell()
            .rules(0, SILENCE)
            .after(
                message(EventKind.MESSAGE_SENT, "m", 40),
                message(EventKind.MESSAGE_RECEIVED, "r", 100));

    says(
        cell.pass(5 * DAY).why("silence", 5 * DAY),
        Reason.NOT_MATCHED,
        "Rule silence does not fire for lead 7: it needs “3 days after the last outgoing message with no incoming message since”, but there was an event ‘incoming message’ at 11:55:00 on 9 Oct 2025. Nothing made it be judged since: judged again from the records.",
        "Правило silence для сделки 7 не срабатывает: требуется «через 3 дня после последнего события „исходящее сообщение“, если с тех пор не было: входящее сообщение», а на деле: было событие „входящее сообщение“ в 11:55:00 9 октября 2025. С тех пор оно не проверялось: проверено заново по записям.");
  }

  @Test
  void aMomentOfThePastIsNotActedOn() {
    Cell cell = new Cell().after(message(EventKind.MESSAGE_SENT, "m", 40)).rules(4 * DAY, SILENCE);

    assertThat(cell.why("silence", 5 * DAY).reason()).isEqualTo(Reason.MOMENT_PASSED);
    assertThat(cell.why("silence", 5 * DAY).text(Language.EN))
        .startsWith(
            "Rule silence does not fire for lead 7: its moment had passed before it came into force");
  }

  @Test
  void whatTheJobHasNotDecidedYetIsSaidSo() {
    Cell event =
        new Cell().rules(0, OFFER).jobStops().after(updated("e").at(10).field("price", "1500"));
    assertThat(event.why("offer", 100).reason()).isEqualTo(Reason.NOT_JUDGED_YET);

    Cell moment =
        new Cell().rules(0, SILENCE).after(message(EventKind.MESSAGE_SENT, "m", 40)).jobStops();
    assertThat(moment.why("silence", 4 * DAY).reason()).isEqualTo(Reason.NOT_JUDGED_YET);
  }

  @Test
  void whatNeverTriggersIsToldWithWhatWould() {
    Cell cell = new Cell().rules(0, OFFER).after(message(EventKind.MESSAGE_RECEIVED, "r", 40));

    says(
        cell.why("offer", 100),
        Reason.NOT_TRIGGERED,
        "Rule offer does not fire for lead 7: it is judged on lead updated, and nothing of the kind has happened; the last event was incoming message at 11:54:00 on 9 Oct 2025.",
        "Правило offer для сделки 7 не срабатывает: оно проверяется, когда происходит: изменение сделки, а такого не было; последнее событие — входящее сообщение в 11:54:00 9 октября 2025.");
  }

  @Test
  void unknownRulesAndLeadsAreSaidToBe() {
    Cell cell = new Cell().rules(50, OFFER);

    says(cell.why("ofer", 100), Reason.RULE_UNKNOWN, "There is no rule ofer.", "Правила ofer нет.");
    says(
        cell.why("offer", 100),
        Reason.SUBJECT_UNKNOWN,
        "Nothing was ever heard of lead 7, so rule offer was not judged.",
        "Ни одного события для сделки 7 не было, поэтому правило offer не проверялось.");
    says(
        cell.why("offer", 10),
        Reason.RULE_NOT_IN_FORCE,
        "Rule offer was not in force at 11:53:30 on 9 Oct 2025; it came into force at 11:54:10 on 9 Oct 2025.",
        "Правило offer не действовало в 11:53:30 9 октября 2025; оно вступило в силу в 11:54:10 9 октября 2025.");
    says(
        cell.rules(200, MOVED).why("offer", 300),
        Reason.RULE_NOT_IN_FORCE,
        "Rule offer was not in force at 11:58:20 on 9 Oct 2025.",
        "Правило offer не действовало в 11:58:20 9 октября 2025.");
  }

  @Test
  void rulesThatAreOffElsewhereOrBrokenAreSaidToBe() {
    LeadEvents big = updated("e").at(10).field("price", "1500");
    Cell off = new Cell().rules(0, OFFER.replace("{'id'", "{'mode': 'off', 'id'")).after(big);
    says(
        off.why("offer", 100),
        Reason.DISABLED,
        "Rule offer does not fire for lead 7: its mode is off.",
        "Правило offer для сделки 7 не срабатывает: его режим — off, оно выключено.");

    Cell other =
        new Cell().rules(0, OFFER.replace("{'id'", "{'account': 'kommo-2', 'id'")).after(big);
    says(
        other.why("offer", 100),
        Reason.OTHER_ACCOUNT,
        "Rule offer does not fire for lead 7: it is only for the CRM account kommo-2.",
        "Правило offer для сделки 7 не срабатывает: оно только для учётной записи CRM kommo-2.");

    Cell broken = new Cell().rules(0, OFFER.replace("lead_updated", "lead_upd")).after(big);
    assertThat(broken.why("offer", 100).reason()).isEqualTo(Reason.RULE_LEFT_OUT);
    assertThat(broken.why("offer", 100).text(Language.RU)).contains("lead_upd");

    Cell inactive = new Cell().rules(0, OFFER).after(big).switchedOff();
    says(
        inactive.why("offer", 100),
        Reason.INACTIVE,
        "Rule offer does not fire for lead 7: the tenant or its CRM account is switched off. It last fired at 11:53:30 on 9 Oct 2025.",
        "Правило offer для сделки 7 не срабатывает: клиент или его учётная запись CRM отключены. Прошлый раз оно сработало в 11:53:30 9 октября 2025.");
  }

  @Test
  void aRuleThatIsTooHeavyWasLeftOut() {
    Cell cell = new Cell().rules(0, OFFER).after(updated("e").at(10).field("price", "5"));
    cell.leftOut("offer", "over-rate", "more than 1000000 steps a second for long", 20);
    cell.after(updated("f").at(30).field("price", "5000"));

    assertThat(cell.why("offer", 15).reason()).as("before that").isEqualTo(Reason.NOT_MATCHED);
    says(
        cell.why("offer", 100),
        Reason.RULE_TOO_HEAVY,
        "Rule offer does not fire for lead 7: it takes too many steps, so it has been left out since 11:53:40 on 9 Oct 2025.",
        "Правило offer для сделки 7 не срабатывает: ему нужно слишком много шагов, и с 11:53:40 9 октября 2025 оно исключено.");
    cell.rules(200, OFFER);
    assertThat(cell.why("offer", 300).reason())
        .as("changed, so it is judged again")
        .isNotEqualTo(Reason.RULE_TOO_HEAVY);
  }

  @Test
  void whatWasJudgedAfterAllWasNotLeftOutForThisLead() {
    Cell cell = new Cell().rules(0, OFFER);
    cell.after(updated("e").at(30).field("price", "5"));
    cell.leftOut("offer", "over-budget", "more than 100000 steps on one event", 20);

    assertThat(cell.why("offer", 100).reason()).isEqualTo(Reason.NOT_MATCHED);
  }

  @Test
  void aFieldCountsFromItsTimeOn() {
    FieldRow number =
        FieldRow.newBuilder()
            .setTenantId("acme")
            .setAccountId("kommo-1")
            .setEntityType(EntityType.LEAD)
            .setFieldId("5")
            .setName("Size")
            .setType("numeric")
            .setEffectiveAt(Cell.millis(50))
            .build();
    String ten =
        OFFER.replace(
            "'field': 'price', 'operator': 'greater_or_equal', 'value': 1000",
            "'field_id': 5, 'operator': 'equals', 'value': '10'");
    Cell cell = new Cell().rules(0, ten).after(updated("e").at(10).texts("5", "10.0")).jobStops();
    cell.after(updated("f").at(60).texts("5", "10.0")).fields(number);

    assertThat(cell.why("offer", 40).reason()).as("as it is written").isEqualTo(Reason.NOT_MATCHED);
    assertThat(cell.why("offer", 70).reason()).as("as a number").isEqualTo(Reason.NOT_JUDGED_YET);
  }
}
