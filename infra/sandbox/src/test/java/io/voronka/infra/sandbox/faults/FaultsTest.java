package io.voronka.infra.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voronka.infra.sandbox.receiver.HookAnswer;
import io.voronka.infra.sandbox.testing.SandboxWorld;
import io.voronka.infra.sandbox.web.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {
  @TempDir Path data;
  private SandboxWorld world;
  private long lead;

  @BeforeEach
  void open() throws IOException {
    world = SandboxWorld.open(data);
    lead = world.lead();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aCallDroppedBeforeHadNoEffect() {
    fault("POST", 1, null, null, Fault.Drop.BEFORE);

    assertThatThrownBy(this::createTask).isInstanceOf(IOException.class);

    assertThat(world.kommo().lead(lead).path("tasks")).isEmpty();
    assertThat(world.client().ledger(0).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.applied()).isFalse();
              assertThat(line.fault()).isEqualTo("drop_before");
            });
  }

  @Test
  void aCallDroppedAfterTookEffectAndNobodyKnows() throws IOException {
    fault("POST", 1, null, null, Fault.Drop.AFTER);

    assertThatThrownBy(this::createTask).isInstanceOf(IOException.class);

    assertThat(world.kommo().lead(lead).path("tasks")).hasSize(1);
    assertThat(world.client().ledger(0).lines().get(0).applied()).isTrue();
    assertThat(createTask()).as("once only").isEqualTo(200);
  }

  @Test
  void soManyCallsAnswerAStatusAndThenServeAgain() throws IOException {
    fault("POST", 2, 503, null, null);

    assertThat(createTask()).isEqualTo(503);
    assertThat(createTask()).isEqualTo(503);
    assertThat(createTask()).isEqualTo(200);
    assertThat(world.call("GET", "/api/v4/account", null).status()).isEqualTo(200);
  }

  @Test
  void theFaultsOf429And500HaveTheVendorsBodies() throws IOException {
    fault("GET", 1, 429, null, null);
    var tooMany = world.call("GET", "/api/v4/account", null);
    assertThat(tooMany.raw().headers().firstValue("retry-after")).isPresent();
    assertThat(tooMany.json().path("title").asText()).isEqualTo("Too Many Requests");

    fault("GET", 1, 500, null, null);
    var broken = world.call("GET", "/api/v4/account", null);
    assertThat(broken.json().path("title").asText()).isEqualTo("ErrInternalServer");
    assertThat(broken.json().has("trace_id")).isTrue();
  }

  @Test
  void aDelayHoldsTheAnswerBack() throws IOException {
    fault("GET", 1, null, 300L, null);

    long start = System.nanoTime();
    world.call("GET", "/api/v4/account", null);

    assertThat(System.nanoTime() - start).isGreaterThan(290_000_000L);
  }

  @Test
  void faultsAreListedAndSwitchedOff() throws IOException {
    long id = fault("GET", null, 503, null, null);
    assertThat(world.call("GET", "/api/v4/account", null).status()).isEqualTo(503);

    world.client().removeFault(id);

    assertThat(world.call("GET", "/api/v4/account", null).status()).isEqualTo(200);
    assertThatThrownBy(() -> world.client().removeFault(id)).hasMessageContaining("404");
  }

  @Test
  void hookAddressesWriteDownWhatTheyGetAndAnswerAsTold() throws IOException {
    world
        .client()
        .answerHook(
            "crm", new HookAnswer(202, Json.object().put("ok", 1), Map.of("X-A", "b"), null));

    var answer = world.call("PUT", "/hooks/crm/deep?x=1", "{\"a\":1}", "tok", "application/json");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.raw().headers().firstValue("x-a")).contains("b");
    var line = world.client().ledger(0).lines().get(0);
    assertThat(line.kind()).isEqualTo("webhook");
    assertThat(line.account()).isEqualTo("crm");
    assertThat(line.method()).isEqualTo("PUT");
    assertThat(line.path()).isEqualTo("/hooks/crm/deep");
    assertThat(line.query()).isEqualTo("x=1");
    assertThat(line.body().path("a").asInt()).isEqualTo(1);
    assertThat(line.headers()).containsEntry("authorization", "Bearer tok");
    assertThat(line.status()).isEqualTo(202);
  }

  private long fault(String method, Integer times, Integer status, Long delayMs, Fault.Drop drop) {
    return world
        .client()
        .fault(
            new Fault(
                "acme", method, "^/api/v4/", times, null, null, delayMs, status, null, null, drop));
  }

  private int createTask() throws IOException {
    return world
        .call(
            "POST",
            "/api/v4/tasks",
            "[{\"text\":\"t\",\"complete_till\":1,\"entity_id\":" + lead + "}]")
        .status();
  }
}
