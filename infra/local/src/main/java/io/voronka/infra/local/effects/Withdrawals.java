package io.voronka.infra.local.effects;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.topics.RecordWriter;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes requested actions back, as far as the executor has not sent them. */
public final class Withdrawals {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaSettings kafka;
  private final Clock clock;

  /**
   * @param clock its time is the commands'
   */
  public Withdrawals(String bootstrapServers, Clock clock) {
    this.kafka = KafkaSettings.of(bootstrapServers, "voronka-withdraw");
    this.clock = clock;
  }

  /**
   * Looks the actions up on {@code actions.requested} and asks for their withdrawal.
   *
   * @param since how far back to look
   * @param actor who asks
   * @return ids of those that were not requested since then
   * @throws WithdrawalException when Kafka does not take the commands
   */
  public Set<String> withdraw(Set<String> actionIds, Duration since, String actor)
      throws WithdrawalException {
    Map<String, ActionRequested> found = new LinkedHashMap<>();
    try (TopicReader<ActionRequested> reader =
        TopicReader.fromStart(
            kafka.bootstrapServers(), Topics.ACTIONS_REQUESTED, ActionRequested.class)) {
      reader.seek(clock.millis() - since.toMillis());
      reader.readToEnd(
          entry -> {
            if (actionIds.contains(entry.value().getId())) {
              found.put(entry.value().getId(), entry.value());
            }
          });
    }
    publish(found.values().stream().map(action -> command(action, actor)).toList());
    Set<String> unknown = new HashSet<>(actionIds);
    unknown.removeAll(found.keySet());
    return unknown;
  }

  private CommandRequested command(ActionRequested action, String actor) {
    return CommandRequested.newBuilder()
        .setCommandId(StableId.of("withdraw", action.getId()))
        .setKind(CommandKind.WITHDRAW)
        .setTenantId(action.getTenantId())
        .setAccountId(action.getAccountId())
        .setEntityType(action.getSubjectType())
        .setEntityId(action.getSubjectId())
        .setActor(actor)
        .setRequestedAt(clock.millis())
        .setDecisionId(action.getDecisionId())
        .setActionId(action.getId())
        .setTarget(ActionKeys.of(action))
        .build();
  }

  private void publish(List<CommandRequested> commands) throws WithdrawalException {
    if (commands.isEmpty()) {
      return;
    }
    try (RecordWriter writer = RecordWriter.hasty(kafka, clock.millis(), PATIENCE)) {
      for (CommandRequested command : commands) {
        writer.write(
            Topics.COMMANDS_REQUESTED, CommandRequested.class, Subject.of(command).key(), command);
      }
      writer.settle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WithdrawalException("interrupted while writing commands", e);
    } catch (IllegalStateException e) {
      throw new WithdrawalException(e.getMessage(), e);
    }
  }
}
