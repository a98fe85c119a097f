package io.voronka.infra.local.sequences;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.infra.local.topics.RecordWriter;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.CommandKind;
import io.voronka.schemas.CommandRequested;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import io.voronka.sequences.history.Standing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks something of runs, and waits to hear from the job what became of it. */
public final class SequenceCommands {
  private final KafkaSettings kafka;
  private final Clock clock;

  /**
   * @param clock its time is the commands'
   */
  public SequenceCommands(String bootstrapServers, Clock clock) {
    this.kafka = KafkaSettings.of(bootstrapServers, "voronka-sequences");
    this.clock = clock;
  }

  /**
   * Whom it is about.
   *
   * @param run null: whatever runs the lead has in the sequence
   */
  public record Target(Subject lead, Standing run) {}

  /**
   * What is asked.
   *
   * @param runKey with START, of the run that begins; else only that run is meant; null: none, or
   *     all
   * @param stepId with SKIP; null: the step behind where a run is
   * @param shift with RESUME: what is waited for is due as much later as it was paused
   * @param actor who asks
   */
  public record Order(
      CommandKind kind,
      String sequenceId,
      String runKey,
      String stepId,
      boolean shift,
      String actor) {}

  /**
   * What became of a command.
   *
   * @param records what the job did because of it, in its order; empty: nothing was heard in time
   */
  public record Asked(Target target, String commandId, List<SequenceProgressed> records) {
    public Asked {
      records = List.copyOf(records);
    }
  }

  /**
   * Writes a command for each target and waits for the answers to all.
   *
   * @param patience how long; the commands hold after that too
   */
  public List<Asked> ask(List<Target> targets, Order order, Duration patience)
      throws InterruptedException {
    Map<String, Target> asked = new LinkedHashMap<>();
    Map<String, List<SequenceProgressed>> heard = new LinkedHashMap<>();
    try (TopicReader<SequenceProgressed> progress =
        TopicReader.fromNow(
            kafka.bootstrapServers(), Topics.SEQUENCES_PROGRESSED, SequenceProgressed.class)) {
      long now = clock.millis();
      try (RecordWriter writer = new RecordWriter(kafka, now)) {
        for (Target target : targets) {
          CommandRequested command = command(target, order, now);
          asked.put(command.getCommandId(), target);
          writer.write(
              Topics.COMMANDS_REQUESTED, CommandRequested.class, target.lead().key(), command);
        }
        writer.settle();
      }
      long deadline = System.nanoTime() + patience.toNanos();
      while (heard.size() < asked.size() && System.nanoTime() < deadline) {
        hear(progress, asked, heard);
      }
      // What one command does is written at once; the rest of it may come a moment later.
      hear(progress, asked, heard);
    }
    List<Asked> answers = new ArrayList<>();
    asked.forEach(
        (id, target) -> answers.add(new Asked(target, id, heard.getOrDefault(id, List.of()))));
    return answers;
  }

  private static void hear(
      TopicReader<SequenceProgressed> progress,
      Map<String, Target> asked,
      Map<String, List<SequenceProgressed>> heard) {
    progress.poll(
        entry -> {
          String cause = entry.value().getCauseId();
          if (cause != null && asked.containsKey(cause)) {
            heard.computeIfAbsent(cause, id -> new ArrayList<>()).add(entry.value());
          }
        });
  }

  private CommandRequested command(Target target, Order order, long now) {
    String enrolment = target.run() == null ? null : target.run().enrolmentId();
    Subject lead = target.lead();
    return CommandRequested.newBuilder()
        .setCommandId(
            StableId.of(
                "command",
                order.kind().name(),
                lead.key(),
                order.sequenceId(),
                order.runKey() == null ? "" : order.runKey(),
                enrolment == null ? "" : enrolment,
                Long.toString(now)))
        .setKind(order.kind())
        .setTenantId(lead.tenantId())
        .setAccountId(lead.accountId())
        .setEntityType(lead.type())
        .setEntityId(lead.id())
        .setSequenceId(order.sequenceId())
        .setEnrolmentId(enrolment)
        .setStepId(order.stepId())
        .setActor(order.actor())
        .setRequestedAt(now)
        .setShiftWaits(order.shift())
        .setRunKey(order.runKey())
        .build();
  }
}
