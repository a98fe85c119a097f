package io.voronka.infra.sandbox;

import static io.voronka.infra.sandbox.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.voronka.infra.sandbox.client.KommoClient;
import io.voronka.infra.sandbox.client.LoadSpec;
import io.voronka.infra.sandbox.delivery.Attempt;
import io.voronka.infra.sandbox.receiver.HookAnswer;
import io.voronka.infra.sandbox.testing.RecordingReceiver;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir Path data;
  private final RecordingReceiver receiver = new RecordingReceiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void everythingIsThereAgain() throws IOException {
    long lead;
    long talk;
    JsonNode before;
    JsonNode account;
    long moved;
    try (SandboxWorld world = SandboxWorld.open(data)) {
      world.kommo().subscribe(receiver.address(), List.of("update_lead"));
      lead = world.lead();
      talk = world.kommo().openTalk(lead);
      world.kommo().setField(lead, SandboxWorld.MARK_FIELD, "kept");
      world.kommo().receiveMessage(talk, "Hello");
      world.kommo().addNote(lead, "noted");
      world.call(
          "POST",
          "/api/v4/tasks",
          "[{\"text\":\"t\",\"complete_till\":1,\"entity_id\":" + lead + "}]");
      world.call("PATCH", "/api/v4/leads/" + lead, "{\"tags_to_add\":[{\"name\":\"vip\"}]}");
      world.client().answerHook("h", new HookAnswer(418, null, null, null));
      world.client().advance(Duration.ofHours(1));
      moved = world.client().now();
      before = world.kommo().lead(lead);
      account = world.kommo().show();
    }

    try (SandboxWorld world = SandboxWorld.reopen(data)) {
      assertThat(world.kommo().lead(lead)).isEqualTo(before);
      assertThat(world.kommo().show().path("webhooks")).isEqualTo(account.path("webhooks"));
      assertThat(world.kommo().show().path("account")).isEqualTo(account.path("account"));
      assertThat(world.call("GET", "/api/v4/account", null).status()).isEqualTo(200);
      assertThat(world.call("POST", "/hooks/h", "x", null, "text/plain").status()).isEqualTo(418);
      assertThat(world.client().now()).isGreaterThanOrEqualTo(moved);
      assertThat(world.lead()).as("ids go on").isGreaterThan(lead);
      assertThat(world.client().ledger(0).lines())
          .extracting(l -> l.seq())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aRetryThatWasDueIsStillDue() throws IOException {
    try (SandboxWorld world = SandboxWorld.open(data)) {
      world.client().freeze();
      world.kommo().subscribe(receiver.address(), List.of("add_lead"));
      receiver.answering(500);
      world.kommo().createLead("Lead", SandboxWorld.PIPELINE, SandboxWorld.FIRST_STAGE);
      await().until(() -> world.client().health().path("deliveries_waiting").asInt() == 1);
    }
    receiver.answering(200);

    try (SandboxWorld world = SandboxWorld.reopen(data)) {
      world.client().advance(Duration.ofMinutes(5).minusMillis(1));
      assertThat(receiver.received()).hasSize(1);
      world.client().advance(Duration.ofMillis(1));
      await().until(() -> world.client().allDeliveries(0, Map.of()).size() == 2);
      Attempt second = world.client().allDeliveries(0, Map.of()).get(1);
      assertThat(second.attempt()).isEqualTo(2);
      assertThat(second.state()).isEqualTo(Attempt.State.DELIVERED);
    }
  }

  @Test
  void aWebhookThatWasNeverTriedIsSentAndAHeldOneIsNot() throws IOException {
    try (SandboxWorld world = SandboxWorld.open(data)) {
      world.kommo().subscribe(receiver.address(), List.of("add_lead"));
      var hold = Json.object().put("hold", true);
      hold.putArray("actions").add(KommoClient.action("create_lead").put("name", "held"));
      world.kommo().act(hold);
      world.kommo().createLead("told", SandboxWorld.PIPELINE, SandboxWorld.FIRST_STAGE);
    }
    // As if the process had been killed between the ledger's line and the first attempt.
    Files.delete(data.resolve("deliveries.jsonl"));

    try (SandboxWorld world = SandboxWorld.reopen(data)) {
      await().until(() -> receiver.received().size() == 2);
      assertThat(receiver.received().get(1).body())
          .isEqualTo(receiver.received().get(0).body())
          .contains("=told&");
      assertThat(world.client().allDeliveries(0, Map.of())).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void halfALineIsForgottenBecauseNobodyWasAnswered() throws IOException {
    long lead;
    try (SandboxWorld world = SandboxWorld.open(data)) {
      lead = world.lead();
    }
    Files.writeString(
        data.resolve("ledger.jsonl"),
        "{\"seq\":99,\"changes\":[{\"kind\":\"LEAD\"",
        StandardOpenOption.APPEND);

    try (SandboxWorld world = SandboxWorld.reopen(data)) {
      assertThat(world.kommo().lead(lead).path("name").asText()).isEqualTo("Lead");
      assertThat(world.lead()).isEqualTo(lead + 1);
    }
  }

  @Test
  void aLoadGoesOnWhereItWas() throws IOException {
    try (SandboxWorld world = SandboxWorld.open(data)) {
      world.kommo().subscribe(receiver.address(), List.of("status_lead"));
      world.client().startLoad(LoadSpec.moves("run", 100, 60));
      await().until(() -> world.client().load("run").made() >= 10);
    }

    try (SandboxWorld world = SandboxWorld.reopen(data)) {
      await().until(() -> world.client().load("run").done());
      assertThat(world.client().allLedger(0, Map.of("side", "load")).stream().map(l -> l.mark()))
          .hasSize(60)
          .doesNotHaveDuplicates();
      assertThat(
              world.client().allDeliveries(0, Map.of("load", "run")).stream()
                  .filter(a -> a.state() == Attempt.State.DELIVERED)
                  .map(Attempt::mark)
                  .distinct())
          .hasSize(60);
    }
  }
}
