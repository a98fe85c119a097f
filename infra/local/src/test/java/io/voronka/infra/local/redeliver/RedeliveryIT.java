package io.voronka.infra.local.redeliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.AccountRow;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionOutcome;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.AddNote;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.Topics;
import io.voronka.schemas.WebhookReceived;
import io.voronka.schemas.WebhookStatus;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On real topics: actions with every end, and webhooks that were understood or not. */
class RedeliveryIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final long T0 = 1_760_000_000_000L;
  private static final long NOW = T0 + Duration.ofHours(30).toMillis();
  private static final String KEY = "acme|main";

  @BeforeAll
  static void write() {
    KAFKA.createAllTopics("");
    action("failed", ActionOutcome.FAILED, "forbidden");
    action("confirmed", ActionOutcome.CONFIRMED, null);
    action("expired", ActionOutcome.EXPIRED, "not-after-passed");
    action("forgotten", ActionOutcome.REFUSED, "outcome-forgotten");
    action("withdrawn", ActionOutcome.WITHDRAWN, null);
    action("unknown", ActionOutcome.MAYBE_SENT, "not-readable");
    action("recovered", ActionOutcome.FAILED, "server-error");
    outcome("recovered", ActionOutcome.CONFIRMED, null, 1);
    request("silent", 0);
    action("under-way", ActionOutcome.FAILED, "server-error");
    request("under-way", 1);
    KAFKA.produce(
        Topics.CONTROL_ACCOUNTS,
        T0,
        KEY,
        ControlChange.newBuilder()
            .setTable(ControlTable.ACCOUNTS)
            .setOp(ControlOp.UPSERT)
            .setGeneration(1)
            .setAccount(
                AccountRow.newBuilder()
                    .setTenantId("acme")
                    .setAccountId("main")
                    .setCrm("kommo")
                    .setSubdomain("acme")
                    .setVendorAccountId("31337001")
                    .setWebhookTokenSha256("00")
                    .setApiBaseUrl("http://localhost")
                    .setTokenReference("store")
                    .build())
            .build());
    webhook("good", WebhookStatus.ACCEPTED, "leads[add][0][id]=7&leads[add][0][name]=Anna");
    webhook("once-rejected", WebhookStatus.REJECTED, "leads[add][0][id]=8");
    webhook("hopeless", WebhookStatus.REJECTED, "nothing=here");
  }

  @Test
  void whatWasNotDoneGoesBackWithTheNextNumberAndANewDeadline() throws Exception {
    List<Item> items =
        run(order(Set.of("failed", "confirmed", "withdrawn", "unknown", "nobody"), Set.of(), null));

    assertThat(items.stream().filter(Item::putBack).map(Item::id))
        .containsExactlyInAnyOrder("failed", "unknown");
    assertThat(items.stream().filter(item -> item.id().equals("nobody")).map(Item::why))
        .containsExactly("there is no such action");
    ActionRequested again = newest("failed");
    assertThat(again.getRedelivery()).isEqualTo(1);
    assertThat(again.getNotAfter()).isEqualTo(NOW + Duration.ofHours(1).toMillis());
    assertThat(again.getAddNote().getText()).isEqualTo("Note failed");
    assertThat(newest("confirmed").getRedelivery()).isZero();
  }

  @Test
  void sinceATimeOnlyWhatIsNotDoneToThisDayIsChosen() throws Exception {
    List<Item> items = run(dry(order(Set.of(), Set.of(), T0 - 1)));

    assertThat(
            items.stream()
                .filter(item -> item.kind().equals("action"))
                .filter(Item::putBack)
                .map(Item::id))
        .contains("expired")
        .doesNotContain("recovered", "confirmed", "unknown", "forgotten", "under-way", "silent");
    assertThat(items.stream().filter(Item::putBack).map(Item::id))
        .contains("once-rejected")
        .doesNotContain("good", "hopeless");
    assertThat(newest("expired").getRedelivery()).as("a dry run").isZero();
  }

  @Test
  void oneWithoutAnOutcomeIsAskedForAsBeforeAndOneUnderWayIsLeft() throws Exception {
    List<Item> items = run(order(Set.of("silent", "under-way"), Set.of(), null));

    assertThat(items).extracting(Item::putBack).containsExactly(true, false);
    assertThat(newest("silent").getRedelivery()).isZero();
    assertThat(requests("silent")).hasSize(2);
  }

  @Test
  void anArchivedWebhookComesAgainWithTheSameIdsAndItsOldTime() throws Exception {
    List<Item> items = run(order(Set.of(), Set.of("good"), null));

    assertThat(items).extracting(Item::putBack).containsExactly(true);
    List<CrmEvent> events =
        KAFKA.consume(Topics.CRM_EVENTS, CrmEvent.class).stream()
            .filter(event -> event.getWebhookId().equals("good"))
            .toList();
    run(order(Set.of(), Set.of("good"), null));
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getReceivedAt()).isEqualTo(NOW);
    assertThat(events.get(0).getOccurredAt()).isEqualTo(T0);
    assertThat(
            KAFKA.consume(Topics.CRM_EVENTS, CrmEvent.class).stream()
                .filter(event -> event.getWebhookId().equals("good"))
                .map(CrmEvent::getId)
                .distinct())
        .hasSize(1);
  }

  private static List<Item> run(Order order) throws InterruptedException {
    return new Redelivery(
            KafkaSettings.of(KAFKA.bootstrapServers(), "test"),
            Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC))
        .run(order);
  }

  private static Order order(Set<String> actions, Set<String> webhooks, Long since) {
    return new Order(actions, webhooks, since, "acme", Duration.ofHours(1), false);
  }

  private static Order dry(Order order) {
    return new Order(
        order.actions(), order.webhooks(), order.since(), order.tenant(), order.goodFor(), true);
  }

  private static ActionRequested newest(String id) {
    List<ActionRequested> all = requests(id);
    return all.get(all.size() - 1);
  }

  private static List<ActionRequested> requests(String id) {
    return KAFKA.consume(Topics.ACTIONS_REQUESTED, ActionRequested.class).stream()
        .filter(request -> request.getId().equals(id))
        .toList();
  }

  private static void action(String id, ActionOutcome outcome, String reason) {
    request(id, 0);
    outcome(id, outcome, reason, 0);
  }

  private static void request(String id, int redelivery) {
    KAFKA.produce(
        Topics.ACTIONS_REQUESTED,
        T0,
        KEY,
        ActionRequested.newBuilder()
            .setId(id)
            .setTenantId("acme")
            .setAccountId("main")
            .setSubjectType(EntityType.LEAD)
            .setSubjectId("7")
            .setKind(ActionKind.ADD_NOTE)
            .setActionKey("then")
            .setDecisionId("decision-" + id)
            .setEventId("event")
            .setDueAt(T0)
            .setFiredAt(T0)
            .setNotAfter(T0 + 1000)
            .setAddNote(new AddNote("Note " + id))
            .setRedelivery(redelivery)
            .build());
  }

  private static void outcome(String id, ActionOutcome outcome, String reason, int redelivery) {
    KAFKA.produce(
        Topics.ACTIONS_COMPLETED,
        T0,
        KEY,
        ActionCompleted.newBuilder()
            .setActionId(id)
            .setTenantId("acme")
            .setAccountId("main")
            .setSubjectType(EntityType.LEAD)
            .setSubjectId("7")
            .setKind(ActionKind.ADD_NOTE)
            .setDecisionId("decision-" + id)
            .setEventId("event")
            .setOutcome(outcome)
            .setReason(reason)
            .setAttempts(1)
            .setCompletedAt(T0)
            .setRedelivery(redelivery)
            .build());
  }

  private static void webhook(String id, WebhookStatus status, String lead) {
    String body = "account[id]=31337001&account[subdomain]=acme&" + lead;
    KAFKA.produce(
        Topics.WEBHOOKS_RECEIVED,
        T0,
        KEY,
        WebhookReceived.newBuilder()
            .setId(id)
            .setTenantId("acme")
            .setAccountId("main")
            .setCrm("kommo")
            .setReceivedAt(T0)
            .setMethod("POST")
            .setPath("/webhooks/kommo/-")
            .setHeaders(Map.of("content-type", "application/x-www-form-urlencoded"))
            .setBody(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
            .setStatus(status)
            .setGatewayId("g")
            .build());
  }
}
