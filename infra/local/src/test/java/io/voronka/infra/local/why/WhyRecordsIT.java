package io.voronka.infra.local.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.explain.Language;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.rules.why.Answer;
import io.voronka.rules.why.Reason;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionQueued;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityRef;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.RuleRef;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.Subject;
import io.voronka.schemas.TenantRow;
import io.voronka.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On real topics: two leads of one tenant, and in each other partition a record that is none. */
class WhyRecordsIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final long T0 = 1_760_000_000_000L;
  private static final String OFFER =
      """
      {"id": "offer", "trigger": {"event": "lead_updated"},
       "when": {"field_value": {"field": "price", "operator": "greater", "value": 10}},
       "actions": [{"key": "tell", "webhook": {"url": "https://hooks.example.test/x"}}]}
      """;
  private static final String UNANSWERED =
      """
      {"id": "unanswered",
       "when": {"time_elapsed": {"since": "last_message_received", "for": "1h", "unless": "message_sent"}},
       "actions": [{"key": "n", "add_note": {"text": "x"}}]}
      """;
  private static final Subject TALK = new Subject("acme", "kommo-1", EntityType.TALK, "98");
  private static final Subject BIG = new Subject("acme", "kommo-1", EntityType.LEAD, "7");
  private static final Subject WAITS = new Subject("acme", "kommo-1", EntityType.LEAD, "9");
  private static final Subject SMALL = new Subject("acme", "kommo-1", EntityType.LEAD, "8");

  @BeforeAll
  static void write() {
    KAFKA.createAllTopics("");
    write(
        control(ControlTable.TENANTS)
            .setTenant(
                TenantRow.newBuilder()
                    .setTenantId("acme")
                    .setName("Acme")
                    .setTimeZone("Europe/Moscow")
                    .setLocale("ru")
                    .build())
            .build());
    for (String account : List.of("kommo-1", "kommo-2")) {
      write(control(ControlTable.ACCOUNTS).setAccount(account(account)).build());
    }
    write(
        control(ControlTable.RULES)
            .setRule(new RuleRow("acme", "offer", 1L, "Offer", OFFER))
            .build());
    write(
        control(ControlTable.RULE_SETS)
            .setRuleSet(
                new RuleSetRow(
                    "acme",
                    1L,
                    List.of(new RuleRef("offer", 1L), new RuleRef("unanswered", 1L)),
                    T0))
            .build());
    write(
        control(ControlTable.RULES)
            .setRule(new RuleRow("acme", "unanswered", 1L, "Unanswered", UNANSWERED))
            .build());
    complete(ControlTable.TENANTS, 1);
    complete(ControlTable.ACCOUNTS, 2);
    complete(ControlTable.RULES, 2);
    complete(ControlTable.RULE_SETS, 1);
    complete(ControlTable.AGENTS, 0);
    complete(ControlTable.PIPELINES, 0);
    complete(ControlTable.FIELDS, 0);
    complete(ControlTable.USERS, 0);
    complete(ControlTable.SEQUENCES, 0);
    RuleSet rules =
        RuleSet.compile(
            1, List.of(new RuleVersion(RuleParser.create().parse(OFFER).rule().orElseThrow(), 1)));
    judge(rules, event(BIG, "b", "50", T0 + 10_000));
    judge(rules, event(WAITS, "w", "50", T0 + 15_000));
    judge(rules, event(SMALL, "s", "5", T0 + 20_000));
    message(SMALL, EventKind.MESSAGE_RECEIVED, T0 + 30_000);
    message(TALK, EventKind.MESSAGE_SENT, T0 + 40_000);
    spoilOtherPartitions();
  }

  @Test
  void findsVerdictAndOutcomeInTheSubjectsOwnPartition() throws Exception {
    WhyRecords records = WhyRecords.open(KAFKA.bootstrapServers());

    Answer answer =
        records.answer(records.place(null, "kommo-1", "offer"), "offer", "7", T0 + 60_000);

    assertThat(answer.reason()).isEqualTo(Reason.FIRED);
    assertThat(answer.text(Language.EN))
        .isEqualTo(
            "Rule offer fired for lead 7 at 11:53:30 on 9 Oct 2025 (lead updated): webhook (tell)"
                + " done at 11:53:31 on 9 Oct 2025.");
    assertThat(AnswerJson.of(answer).path("actions").path(0).path("outcome").asText())
        .isEqualTo("confirmed");
  }

  @Test
  void tellsWhenWhatWaitsWillLeave() throws Exception {
    WhyRecords records = WhyRecords.open(KAFKA.bootstrapServers());

    Answer answer =
        records.answer(records.place("acme", "kommo-1", "offer"), "offer", "9", T0 + 60_000);

    assertThat(answer.text(Language.EN))
        .endsWith(
            "webhook (tell) waits for its turn and is expected to leave at 12:53:35 on 9 Oct 2025.");
    assertThat(AnswerJson.of(answer).path("actions").path(0).path("expectedAt").asText())
        .isEqualTo(Instant.ofEpochMilli(T0 + 3_615_000).toString());
  }

  @Test
  void tellsTheClauseThatFailed() throws Exception {
    WhyRecords records = WhyRecords.open(KAFKA.bootstrapServers());

    Answer answer =
        records.answer(records.place("acme", "kommo-1", "offer"), "offer", "8", T0 + 60_000);

    assertThat(AnswerJson.of(answer).path("text").path("ru").asText())
        .isEqualTo(
            "Правило offer для сделки 8 не сработало в 11:53:40 9 октября 2025 (изменение сделки):"
                + " требуется «бюджет — больше 10», а на деле: бюджет — 5.");
  }

  @Test
  void namesTheChoiceThatTheQuestionLeavesOpen() throws Exception {
    WhyRecords records = WhyRecords.open(KAFKA.bootstrapServers());

    assertThatThrownBy(() -> records.place(null, null, "offer"))
        .isInstanceOf(UnanswerableException.class)
        .hasMessage("tenant acme has 2 CRM accounts; give one with --account: [kommo-1, kommo-2]");
    assertThatThrownBy(() -> records.place("acne", "kommo-1", "offer"))
        .hasMessage("no tenant acne; known: [acme]");
    assertThatThrownBy(() -> records.place("acme", "kommo-3", "offer"))
        .hasMessage("tenant acme has no CRM account kommo-3; known: [kommo-1, kommo-2]");
  }

  @Test
  void anAnswerInTheTalkIsSeenThoughItNamesNoLead() throws Exception {
    WhyRecords records = WhyRecords.open(KAFKA.bootstrapServers());
    ControlCopy.Place place = records.place("acme", "kommo-1", "unanswered");

    assertThat(records.answer(place, "unanswered", "8", T0 + 35_000).reason())
        .isEqualTo(Reason.WAITING);
    Answer answered = records.answer(place, "unanswered", "8", T0 + 50_000);
    assertThat(answered.reason()).isEqualTo(Reason.NOT_MATCHED);
    assertThat(AnswerJson.of(answered).path("verdict").path("actual").asText())
        .startsWith("message_sent at");
  }

  /** In talk 98. */
  private static void message(Subject subject, EventKind kind, long at) {
    CrmEvent event =
        CrmEvent.newBuilder(event(subject, kind.name(), "", at))
            .setKind(kind)
            .setEntityType(EntityType.MESSAGE)
            .setEntityId("m" + at)
            .setFields(Map.of())
            .setLinks(List.of(new EntityRef(EntityType.TALK, TALK.id())))
            .build();
    event.setSubjectType(subject.type());
    KAFKA.produce(Topics.CRM_EVENTS, at, subject.key(), event);
  }

  /** What evaluate-rules and execute-actions leave behind. */
  private static void judge(RuleSet rules, CrmEvent event) {
    String subject = Subject.of(event).key();
    long at = event.getReceivedAt();
    KAFKA.produce(Topics.CRM_EVENTS, at, subject, event);
    Decision decision =
        rules.decide(SubjectState.EMPTY, event, Clocks.at(at), AccountSetting.UNKNOWN);
    KAFKA.produce(Topics.RULES_DECIDED, at, subject, decision.decided().orElseThrow());
    for (ActionRequested action : decision.actions()) {
      if (action.getSubjectId().equals(WAITS.id())) {
        KAFKA.produce(
            Topics.ACTIONS_QUEUED, at + 900, "acme|//hooks.example.test", queued(action, at));
        continue;
      }
      KAFKA.produce(
          Topics.ACTIONS_COMPLETED,
          at + 900,
          "acme|//hooks.example.test",
          ActionCompleted.newBuilder()
              .setActionId(action.getId())
              .setTenantId("acme")
              .setAccountId("kommo-1")
              .setSubjectType(EntityType.LEAD)
              .setSubjectId(action.getSubjectId())
              .setKind(action.getKind())
              .setDecisionId(action.getDecisionId())
              .setEventId(action.getEventId())
              .setOutcome(ActionOutcome.CONFIRMED)
              .setAttempts(1)
              .setCompletedAt(at + 1000)
              .build());
    }
  }

  /** An hour from the event. */
  private static ActionQueued queued(ActionRequested action, long at) {
    return ActionQueued.newBuilder()
        .setActionId(action.getId())
        .setTenantId("acme")
        .setAccountId("kommo-1")
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(action.getSubjectId())
        .setKind(action.getKind())
        .setDecisionId(action.getDecisionId())
        .setTarget("acme|//hooks.example.test")
        .setExpectedAt(at + 3_600_000)
        .setRequestsAhead(180_000)
        .setToldAt(at + 900)
        .build();
  }

  /** Whoever reads them fails. */
  private static void spoilOtherPartitions() {
    for (String topic : List.of(Topics.CRM_EVENTS, Topics.RULES_DECIDED)) {
      Set<Integer> used =
          KAFKA.consume(topic).stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
      for (int partition = 0; partition < 12; partition++) {
        if (!used.contains(partition)) {
          KAFKA.produce(topic, partition, T0, BIG.key(), new byte[] {1, 2, 3});
        }
      }
    }
  }

  private static CrmEvent event(Subject subject, String id, String price, long at) {
    return CrmEvent.newBuilder()
        .setId(id)
        .setKind(EventKind.LEAD_UPDATED)
        .setTenantId(subject.tenantId())
        .setAccountId(subject.accountId())
        .setEntityType(EntityType.LEAD)
        .setEntityId(subject.id())
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(subject.id())
        .setReceivedAt(at)
        .setOccurredAt(at)
        .setFields(Map.of("price", price))
        .build();
  }

  private static AccountRow account(String id) {
    return AccountRow.newBuilder()
        .setTenantId("acme")
        .setAccountId(id)
        .setCrm("kommo")
        .setSubdomain(id)
        .setVendorAccountId("1")
        .setWebhookTokenSha256("00")
        .setApiBaseUrl("http://localhost")
        .setTokenReference("store")
        .build();
  }

  private static ControlChange.Builder control(ControlTable table) {
    return ControlChange.newBuilder().setTable(table).setOp(ControlOp.UPSERT).setGeneration(1);
  }

  private static void complete(ControlTable table, int rows) {
    write(control(table).setOp(ControlOp.SNAPSHOT_COMPLETE).setRowCount(rows).build());
  }

  private static void write(ControlChange change) {
    KAFKA.produce(Topics.of(change.getTable()), T0, ControlKeys.of(change), change);
  }
}
