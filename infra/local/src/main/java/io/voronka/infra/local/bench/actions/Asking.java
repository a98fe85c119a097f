package io.voronka.infra.local.bench.actions;

import io.voronka.connectors.kafka.KafkaSettings;
import io.voronka.connectors.kafka.ProducerSettings;
import io.voronka.infra.local.topics.TopicReader;
import io.voronka.schemas.ActionCompleted;
import io.voronka.schemas.ActionKeys;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Asks for actions on a timetable, whatever becomes of them, and then reads what became of them.
 */
final class Asking implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long those that should notice nothing may take: they are measured, however late. */
  private static final long LATE_MILLIS = Duration.ofSeconds(30).toMillis();

  private final KafkaSettings kafka;
  private final Clock clock;
  private final Producer<byte[], byte[]> producer;
  private final RecordCodec<ActionRequested> codec = RecordCodec.of(ActionRequested.class);
  private long asked;

  Asking(KafkaSettings kafka, Clock clock) {
    this.kafka = kafka;
    this.clock = clock;
    this.producer = ProducerSettings.patient(kafka).withLinger(Duration.ofMillis(1)).open();
  }

  /**
   * An action and its end.
   *
   * @param dueAt when it was to be asked for, epoch milliseconds
   */
  record Answered(Due due, long dueAt, ActionCompleted completed) {}

  /**
   * Blocks until every action has its outcome. What makes the trouble expires at the end of the
   * turn.
   *
   * @throws IllegalStateException when some have none for long
   */
  @SuppressWarnings("FutureReturnValueIgnored") // what Kafka did not take has no outcome
  List<Answered> turn(List<Due> timetable, Duration length) {
    Map<String, Due> dues = new HashMap<>();
    Map<String, Long> times = new HashMap<>();
    try (TopicReader<ActionCompleted> reader =
        TopicReader.fromNow(
            kafka.bootstrapServers(), Topics.ACTIONS_COMPLETED, ActionCompleted.class)) {
      long start = clock.millis() + 100;
      long startNanos = System.nanoTime() + 100_000_000;
      List<Due> inOrder =
          timetable.stream().sorted(Comparator.comparingLong(Due::offsetMicros)).toList();
      for (Due due : inOrder) {
        parkUntil(startNanos + due.offsetMicros() * 1000);
        long at = start + due.offsetMicros() / 1000;
        String id = "bench-%s-%08d".formatted(kafka.application(), asked++);
        ActionRequested request =
            due.request()
                .setId(id)
                .setDecisionId(id)
                .setEventId(id)
                .setDueAt(at)
                .setFiredAt(at)
                .setNotAfter(start + length.toMillis() + (due.others() ? LATE_MILLIS : 0))
                .build();
        dues.put(id, due);
        times.put(id, at);
        producer.send(
            new ProducerRecord<>(
                kafka.topic(Topics.ACTIONS_REQUESTED),
                null,
                at,
                ActionKeys.of(request).getBytes(StandardCharsets.UTF_8),
                codec.encode(request)));
      }
      producer.flush();
      return answers(reader, dues, times);
    }
  }

  private List<Answered> answers(
      TopicReader<ActionCompleted> reader, Map<String, Due> dues, Map<String, Long> times) {
    List<Answered> answers = new ArrayList<>();
    Set<String> missing = new HashSet<>(dues.keySet());
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!missing.isEmpty()) {
      reader.poll(
          entry -> {
            String id = entry.value().getActionId();
            if (missing.remove(id)) {
              answers.add(new Answered(dues.get(id), times.get(id), entry.value()));
            }
          });
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            missing.size() + " actions have no outcome after " + PATIENCE);
      }
    }
    return answers;
  }

  private static void parkUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
