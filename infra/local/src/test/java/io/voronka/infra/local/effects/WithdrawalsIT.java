package io.voronka.infra.local.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionKind;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CallWebhook;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WithdrawalsIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void anActionIsTakenBackAtThePlaceThatItWaitsAt() throws Exception {
    KAFKA.createTopics(
        Topics.ACTIONS_REQUESTED, Topics.COMMANDS_REQUESTED, Topics.SCHEMAS_PUBLISHED);
    ActionRequested old = hook("old");
    KAFKA.produce(
        Topics.ACTIONS_REQUESTED, NOW.minusSeconds(7200).toEpochMilli(), ActionKeys.of(old), old);
    ActionRequested hook = hook("fresh");
    KAFKA.produce(
        Topics.ACTIONS_REQUESTED, NOW.minusSeconds(60).toEpochMilli(), ActionKeys.of(hook), hook);
    Withdrawals withdrawals =
        new Withdrawals(KAFKA.bootstrapServers(), Clock.fixed(NOW, ZoneOffset.UTC));

    Set<String> unknown =
        withdrawals.withdraw(Set.of("fresh", "old", "never"), Duration.ofHours(1), "olga");

    assertThat(unknown).containsExactlyInAnyOrder("old", "never");
    assertThat(KAFKA.consume(Topics.COMMANDS_REQUESTED, CommandRequested.class))
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.getKind()).isEqualTo(CommandKind.WITHDRAW);
              assertThat(command.getActionId()).isEqualTo("fresh");
              assertThat(command.getTarget()).isEqualTo("acme|//partner.test");
              assertThat(command.getActor()).isEqualTo("olga");
            });
  }

  private static ActionRequested hook(String id) {
    long at = NOW.toEpochMilli();
    return ActionRequested.newBuilder()
        .setId(id)
        .setTenantId("acme")
        .setAccountId("main")
        .setSubjectType(EntityType.LEAD)
        .setSubjectId("7")
        .setKind(ActionKind.WEBHOOK)
        .setActionKey("tell")
        .setDecisionId("d")
        .setEventId("e")
        .setDueAt(at)
        .setFiredAt(at)
        .setNotAfter(at)
        .setWebhook(new CallWebhook("https://partner.test/in", Map.of(), "text/plain", "", null))
        .build();
  }
}
