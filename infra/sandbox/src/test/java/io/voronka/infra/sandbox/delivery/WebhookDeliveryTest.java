package io.voronka.infra.sandbox.delivery;

import static io.voronka.infra.sandbox.testing.Patience.await;
import static io.voronka.infra.sandbox.testing.SandboxWorld.FIRST_STAGE;
import static io.voronka.infra.sandbox.testing.SandboxWorld.PIPELINE;
import static io.voronka.infra.sandbox.testing.SandboxWorld.SECOND_STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.voronka.infra.sandbox.client.ActResult;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.testing.RecordingReceiver;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookDeliveryTest {
  @TempDir Path data;
  private final RecordingReceiver receiver = new RecordingReceiver();
  private SandboxWorld world;

  @BeforeEach
  void open() throws IOException {
    world = SandboxWorld.open(data);
  }

  @AfterEach
  void close() {
    receiver.close();
    world.close();
  }

  @Test
  void aDeliveryLooksLikeKommos() {
    subscribe("add_lead");

    ActResult result = world.kommo().createLead("Заявка", PIPELINE, FIRST_STAGE);

    RecordingReceiver.Received got = receiver.received().get(0);
    assertThat(got.headers().get("User-agent")).containsExactly("amoCRM-Webhooks/3.0");
    assertThat(got.headers().get("Content-type"))
        .containsExactly("application/x-www-form-urlencoded");
    assertThat(got.headers().get("X-amocrm-requestid").get(0)).hasSize(36);
    assertThat(got.body()).startsWith("account%5Bsubdomain%5D=acme&account%5Bid%5D=31337001&");
    assertThat(got.form())
        .containsEntry("leads[add][0][name]", "Заявка")
        .containsEntry("leads[add][0][modified_user_id]", "11002200");
    Attempt attempt = result.attempts().get(0);
    assertThat(attempt.answer()).isEqualTo(200);
    assertThat(attempt.state()).isEqualTo(Attempt.State.DELIVERED);
    assertThat(attempt.latencyMs()).isPositive();
    assertThat(attempt.entity()).isEqualTo("leads/" + result.id());
  }

  @Test
  void aMoveReachesASubscriberOfBothCodesTwice() {
    subscribe("status_lead", "update_lead");
    long lead = world.lead();

    world.kommo().moveLead(lead, PIPELINE, SECOND_STAGE);

    assertThat(receiver.received()).hasSize(2);
    assertThat(receiver.received().stream().map(RecordingReceiver.Received::form))
        .anyMatch(f -> "64100200".equals(f.get("leads[status][0][old_status_id]")))
        .anyMatch(f -> "64100300".equals(f.get("leads[update][0][status_id]")));
  }

  @Test
  void everyKindOfWriteIsTold() throws IOException {
    subscribe(
        "add_lead",
        "update_lead",
        "status_lead",
        "responsible_lead",
        "note_lead",
        "add_task",
        "update_task",
        "add_contact",
        "update_contact",
        "add_company",
        "add_talk",
        "update_talk",
        "add_outgoing_message",
        "add_message",
        "delete_lead",
        "restore_lead");
    long lead = world.lead();
    long talk = world.kommo().openTalk(lead);
    world.call("POST", "/api/v4/leads", "[{\"name\":\"n\"}]");
    String path = "/api/v4/leads/" + lead;
    world.call("PATCH", path, "{\"responsible_user_id\":11002201,\"status_id\":64100300}");
    world.call("POST", path + "/notes", "[{\"note_type\":\"common\",\"params\":{\"text\":\"t\"}}]");
    world.call(
        "POST",
        "/api/v4/tasks",
        "[{\"text\":\"t\",\"complete_till\":1,\"entity_id\":" + lead + "}]");
    world.call("POST", "/api/v4/contacts", "[{\"name\":\"c\"}]");
    world.call("POST", "/api/v4/companies", "[{\"name\":\"c\"}]");
    world.call("POST", "/api/v4/talks/" + talk + "/send_message", "{\"text\":\"Hi\"}");
    world.call("POST", "/api/v4/talks/" + talk + "/close", "{}");
    world.kommo().receiveMessage(talk, "Hello");
    world.kommo().act(KommoClient.action("delete_lead").put("id", lead), null);
    world.kommo().act(KommoClient.action("restore_lead").put("id", lead), null);

    String[] expected = {
      "add_talk",
      "add_lead",
      "status_lead",
      "responsible_lead",
      "update_lead",
      "note_lead",
      "add_task",
      "add_contact",
      "add_company",
      "add_outgoing_message",
      "update_talk",
      "add_message",
      "delete_lead",
      "restore_lead"
    };
    await()
        .untilAsserted(
            () ->
                assertThat(world.client().allDeliveries(0, Map.of()))
                    .extracting(Attempt::code)
                    .containsExactlyInAnyOrder(expected));
  }

  @Test
  void failedWebhooksClimbTheLadder() {
    world.client().freeze();
    subscribe("add_lead");
    receiver.answering(503);
    long start = world.client().now();
    world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE);

    for (int minutes : new int[] {5, 15, 15, 60}) {
      int before = receiver.received().size();
      awaitWaiting(1);
      world.client().advance(Duration.ofMinutes(minutes).minusMillis(1));
      assertThat(receiver.received()).as("not a moment too early").hasSize(before);
      world.client().advance(Duration.ofMillis(1));
      await().until(() -> receiver.received().size() == before + 1);
    }
    awaitWaiting(0);
    List<Attempt> attempts = attempts();
    assertThat(attempts)
        .extracting(a -> (a.at() - start) / 60_000)
        .containsExactly(0L, 5L, 20L, 35L, 95L);
    assertThat(attempts).extracting(Attempt::attempt).containsExactly(1, 2, 3, 4, 5);
    assertThat(attempts.get(3).state()).isEqualTo(Attempt.State.RETRYING);
    assertThat(attempts.get(4).state()).isEqualTo(Attempt.State.GAVE_UP);
    assertThat(receiver.received())
        .extracting(RecordingReceiver.Received::body)
        .containsOnly(receiver.received().get(0).body());
    assertThat(receiver.received().stream().map(r -> r.headers().get("X-amocrm-requestid")))
        .as("whether the id stays is unknown, so it does not")
        .doesNotHaveDuplicates();
  }

  @Test
  void a404StopsAfterTheThirdAttemptAndARetryCanSucceed() {
    world.client().freeze();
    subscribe("add_lead");
    receiver.answering(404);
    world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE);
    awaitWaiting(1);
    world.client().advance(Duration.ofMinutes(5));
    awaitWaiting(1);
    receiver.answering(200);
    world.kommo().createLead("Other", PIPELINE, FIRST_STAGE);
    receiver.answering(404);
    world.client().advance(Duration.ofMinutes(15));
    await().until(() -> attempts().size() == 4);
    awaitWaiting(0);
    world.client().advance(Duration.ofHours(3));

    assertThat(attempts())
        .extracting(Attempt::state)
        .containsExactly(
            Attempt.State.RETRYING,
            Attempt.State.RETRYING,
            Attempt.State.DELIVERED,
            Attempt.State.GAVE_UP);
  }

  @Test
  void twoSecondsAreTheLimitAndASlowAnswerIsRepeated() {
    world.client().freeze();
    subscribe("add_lead");
    receiver.hang();

    ActResult result = world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE);

    Attempt attempt = result.attempts().get(0);
    assertThat(attempt.answer()).isEqualTo(499);
    assertThat(attempt.error()).isEqualTo("no answer in 2 s");
    assertThat(attempt.latencyMs()).isGreaterThan(1_990.0);
    assertThat(attempt.nextAt()).isEqualTo(attempt.at() + 300_000);
    receiver.letGo();
    world.client().advance(Duration.ofMinutes(5));
    await().until(() -> attempts().size() == 2);
    assertThat(attempts().get(1).state()).isEqualTo(Attempt.State.DELIVERED);
  }

  @Test
  void aDeadAddressCountsAsZero() {
    String gone;
    try (RecordingReceiver closed = new RecordingReceiver()) {
      gone = closed.address();
    }
    world.kommo().subscribe(gone, List.of("add_lead"));

    Attempt attempt = world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE).attempts().get(0);

    assertThat(attempt.answer()).isZero();
    assertThat(attempt.state()).isEqualTo(Attempt.State.RETRYING);
    assertThat(attempt.error()).isNotBlank();
  }

  @Test
  void moreThanAHundredBadAnswersSwitchTheWebhookOff() throws IOException {
    world.client().freeze();
    subscribe("add_lead");
    receiver.answering(500);
    for (int i = 0; i < 100; i++) {
      world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE);
    }
    assertThat(disabled()).isFalse();

    Attempt last = world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE).attempts().get(0);

    assertThat(last.state()).isEqualTo(Attempt.State.SWITCHED_OFF);
    assertThat(disabled()).isTrue();
    assertThat(world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE).deliveries()).isEmpty();
    world.client().advance(Duration.ofHours(2));
    assertThat(receiver.received()).as("nothing was queued").hasSize(101);
    await()
        .untilAsserted(
            () ->
                assertThat(attempts().stream().filter(attempt -> !attempt.sent()))
                    .as("what waited for its next attempt")
                    .hasSize(100)
                    .allMatch(attempt -> attempt.state() == Attempt.State.SWITCHED_OFF));
    receiver.answering(200);
    world.call(
        "POST",
        "/api/v4/webhooks",
        "{\"destination\":\"" + receiver.address() + "\",\"settings\":[\"add_lead\"]}");
    assertThat(disabled()).isFalse();
    assertThat(world.kommo().createLead("Lead", PIPELINE, FIRST_STAGE).deliveries()).hasSize(1);
  }

  @Test
  void halfOfTheWritesAreToldBeforeTheyAreAnswered() throws IOException {
    subscribe("update_lead");
    long lead = world.lead();
    int first = 0;
    for (int i = 0; i < 40; i++) {
      int before = receiver.received().size();
      world.call("PATCH", "/api/v4/leads/" + lead, "{\"price\":" + i + "}");
      long answered = System.nanoTime();
      await().until(() -> receiver.received().size() == before + 1);
      first += receiver.received().get(before).nanos() < answered ? 1 : 0;
    }
    long chosen =
        world.client().allLedger(0, Map.of()).stream().filter(l -> l.hooksFirst()).count();
    assertThat(chosen).isBetween(8L, 32L);
    assertThat((long) first).as("what was to go first did").isGreaterThanOrEqualTo(chosen);
  }

  @Test
  void aHangingReceiverDoesNotHoldTheApiUp() throws IOException {
    world.client().hooksFirst("always");
    subscribe("update_lead");
    long lead = world.lead();
    receiver.hang();

    assertThat(world.call("PATCH", "/api/v4/leads/" + lead, "{\"price\":1}").status())
        .isEqualTo(200);

    assertThat(attempts()).as("the webhook is still on its way").isEmpty();
  }

  @Test
  void aPipelineHookComesWithEachEntryIntoTheStage() {
    world.kommo().addPipelineHook(PIPELINE, SECOND_STAGE, receiver.address());
    long lead = world.lead();

    world.kommo().moveLead(lead, PIPELINE, SECOND_STAGE);
    world.kommo().createLead("Direct", PIPELINE, SECOND_STAGE);

    assertThat(receiver.received()).hasSize(2);
    assertThat(receiver.received().get(0).body())
        .endsWith("&account%5Bid%5D=31337001&account%5Bsubdomain%5D=acme");
    assertThat(receiver.received().get(1).form()).containsKey("leads[add][0][status_id]");
  }

  @Test
  void deliveriesCanBeHeldRepeatedBatchedAndMadeUp() {
    subscribe("status_lead", "update_lead", "add_message");
    long lead = world.lead();
    long talk = world.kommo().openTalk(lead);
    ObjectNode hold = Json.object().put("hold", true);
    hold.putArray("actions").add(KommoClient.action("update_lead").put("id", lead).put("price", 1));
    long held = world.kommo().act(hold).deliveries().get(0);
    assertThat(receiver.received()).isEmpty();

    ObjectNode batch = Json.object().put("batch", true).put("wait", true);
    batch
        .putArray("actions")
        .add(KommoClient.action("move_lead").put("id", lead).put("status_id", SECOND_STAGE))
        .add(
            KommoClient.action("receive_message")
                .put("talk_id", talk)
                .put("text", "Hi")
                .put("unwrapped", true));
    world.kommo().act(batch);
    assertThat(world.client().sendHeld(held).answer()).isEqualTo(200);
    assertThat(world.client().repeat(held).answer()).isEqualTo(200);
    byte[] noise = {(byte) 0xff, 0, 'x'};
    Attempt raw =
        world.client().sendRaw(receiver.address(), noise, "application/octet-stream", "noise");

    assertThat(receiver.received()).hasSize(4);
    assertThat(receiver.received().get(0).form())
        .containsKeys("leads[status][0][id]", "leads[update][0][id]", "add[0][text]");
    assertThat(receiver.received().get(1).form()).containsEntry("leads[update][0][price]", "1");
    assertThat(receiver.received().get(2).body()).isEqualTo(receiver.received().get(1).body());
    assertThat(raw.mark()).isEqualTo("noise");
    assertThat(raw.bytes()).isEqualTo(3);
    assertThat(receiver.received().get(3).body())
        .isEqualTo(new String(noise, StandardCharsets.UTF_8));
  }

  private void subscribe(String... codes) {
    world.kommo().subscribe(receiver.address(), List.of(codes));
  }

  private List<Attempt> attempts() {
    return world.client().allDeliveries(0, Map.of());
  }

  private void awaitWaiting(int count) {
    await()
        .until(
            () -> {
              var health = world.client().health();
              return health.path("deliveries_waiting").asInt() == count
                  && health.path("deliveries_in_flight").asInt() == 0;
            });
  }

  private boolean disabled() throws IOException {
    return world
        .call("GET", "/api/v4/webhooks", null)
        .json()
        .at("/_embedded/webhooks/0/disabled")
        .asBoolean();
  }
}
