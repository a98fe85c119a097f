package io.voronka.jobs.evaluaterules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.voronka.connectors.kafka.control.ControlUpdate;
import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.jobs.evaluaterules.domain.RuleReading;
import io.voronka.jobs.evaluaterules.domain.RulesInForce;
import io.voronka.jobs.evaluaterules.replay.Decided;
import io.voronka.jobs.evaluaterules.replay.Histories;
import io.voronka.jobs.evaluaterules.replay.Histories.Stamped;
import io.voronka.jobs.evaluaterules.replay.HistoryRules;
import io.voronka.jobs.evaluaterules.replay.Replay;
import io.voronka.jobs.evaluaterules.replay.TopicFollower;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.testing.PipelineFixture;
import io.voronka.rules.parsing.Parsed;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.Topics;
import io.voronka.schemas.VerdictOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the job decided at parallelism 2, killed again and again, is what comes of its topics when
 * they are read back and decided in one thread.
 */
class ReplayIT {
  @RegisterExtension static final KafkaExtension KAFKA = KafkaExtension.create();
  @RegisterExtension static final PipelineFixture FLINK = PipelineFixture.create();

  private static final long SEED = Long.getLong("replay.seed", 20_251_009);
  private static final int HISTORIES = Integer.getInteger("replay.histories", 10_000);
  private static final int PARTITIONS = Topics.named(Topics.CRM_EVENTS).partitions();

  /** More than a producer's delivery timeout, so that a broker that stands still is no loss. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private static final int SLICES = 6;
  private static final int TOLD = 4;

  /** The job is killed when it has decided so much of a slice: it is in the middle of it. */
  private static final int SOME = 300;

  private static final long SECOND_SET = Histories.START + 13 * Histories.MINUTE;
  private static final long THIRD_SET = Histories.START + 27 * Histories.MINUTE;

  private final RecordCodec<CrmEvent> events = RecordCodec.of(CrmEvent.class);
  private final RecordCodec<RuleDecided> decidedBytes = RecordCodec.of(RuleDecided.class);
  private final Map<ControlTable, Long> controlRows = new EnumMap<>(ControlTable.class);
  private final List<ControlUpdate> control = new ArrayList<>();
  private Producer<byte[], byte[]> producer;
  private TopicFollower decisions;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();
  private final Decided decided = new Decided();
  private final Set<String> sentinels = new HashSet<>();

  @AfterEach
  void closeClients() {
    producer.close(Duration.ZERO);
    decisions.close();
  }

  @Test
  void whatTheJobDecidedUnderKillsIsWhatItsTopicsSay() throws Exception {
    KAFKA.createAllTopics("");
    decisions = new TopicFollower(KAFKA.bootstrapServers(), Topics.RULES_DECIDED);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", KAFKA.bootstrapServers(), "linger.ms", "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    publish(HistoryRules.accounts());
    publish(HistoryRules.rules(1, Histories.START - Histories.MINUTE));
    FLINK.start(job());
    List<Stamped> log = Histories.log(SEED, HISTORIES, PARTITIONS);
    write(log);
    Decided replayed = new Decided();
    Replay replay = replay(replayed);
    awaitAll(() -> follow() >= replayed.decisions().size());
    RecordCodec<ActionRequested> requests = RecordCodec.of(ActionRequested.class);
    try (TopicFollower actions =
        new TopicFollower(KAFKA.bootstrapServers(), Topics.ACTIONS_REQUESTED)) {
      awaitAll(
          () -> {
            actions.read(record -> decided.add(requests.decode(record.value())));
            return decided.actions().size() >= replayed.actions().size();
          });
    }

    print(log, replay);
    tell(decided.unequalCopies().stream().limit(TOLD).collect(Collectors.toSet()));
    assertThat(decided.unequalCopies().size()).as("copies that differ").isZero();
    assertSame(decided.decisions(), replayed.decisions());
    assertSame(decided.actions(), replayed.actions());
    assertCaps(replayed);
    assertThat(replay.subjects()).isGreaterThanOrEqualTo(HISTORIES);
    assertThat(replay.duplicates()).as("events that came twice").isGreaterThan(HISTORIES / 20);
    assertThat(replay.moments()).as("moments").isGreaterThan(HISTORIES);
    assertThat(FLINK.restarts()).as("restarts").isGreaterThanOrEqualTo(SLICES);
    assertThat(decided.copies()).as("decisions made twice").isPositive();
    assertThat(decided.deepest()).as("rules that cause each other").isGreaterThan(2);
    assertThat(decided.sets()).contains(1L, 2L, 3L);
    assertThat(decided.outcomes().keySet())
        .contains(
            VerdictOutcome.FIRED,
            VerdictOutcome.NOT_MATCHED,
            VerdictOutcome.STALE,
            VerdictOutcome.HELD,
            VerdictOutcome.OBSERVED,
            VerdictOutcome.FAILED);
  }

  /** What is missing for good is told by the comparison. */
  private static void awaitAll(Callable<Boolean> complete) {
    try {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(complete);
    } catch (ConditionTimeoutException e) {
      System.out.println("replay: not everything has come within " + PATIENCE);
    }
  }

  private static StreamExecutionEnvironment job() {
    StreamExecutionEnvironment env = FLINK.environment();
    EvaluateRulesJob.attach(
        env,
        EvaluateRulesConfig.from(
            JobArguments.of("--kafka.bootstrap-servers", KAFKA.bootstrapServers())));
    return env;
  }

  /** In slices; in each the job is killed once while it works on it. */
  private void write(List<Stamped> log) throws Exception {
    long slice = Histories.LENGTH / SLICES + 1;
    int next = 0;
    for (int i = 1; i <= SLICES; i++) {
      long until = Histories.START + i * slice;
      int middle = next;
      while (next < log.size() && log.get(next).at() < until) {
        write(log.get(next++));
        if (next - middle == 4_000 && i == 1) {
          // Long before they come into force, and not yet there when the job started.
          publish(HistoryRules.rules(2, SECOND_SET));
          publish(HistoryRules.rules(3, THIRD_SET));
        }
      }
      for (int partition = 0; partition < PARTITIONS; partition++) {
        write(Histories.sentinel(sentinel(i, partition), partition, until));
      }
      // One that is held while the job starts goes when time is past it.
      for (int partition = 0; partition < PARTITIONS; partition++) {
        write(Histories.tickAfter(until, partition));
      }
      flush();
      int before = decided.decisions().size();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> follow() > before + SOME);
      FLINK.loseTaskManager();
      FLINK.awaitRunning();
      int number = i;
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(300))
          .untilAsserted(() -> assertThat(missing(number)).as("not judged").isEmpty());
    }
  }

  /** Decisions on the topic, each once. */
  private int follow() {
    decisions.read(
        record -> {
          RuleDecided decision = decidedBytes.decode(record.value());
          decided.add(decision);
          if (decision.getSubjectId().startsWith(HistoryRules.SENTINEL)) {
            sentinels.add(decision.getSubjectId());
          }
        });
    return decided.decisions().size();
  }

  /** Sentinels of a slice that have not been decided yet. */
  private List<String> missing(int slice) {
    follow();
    return IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> sentinel(slice, partition))
        .filter(id -> !sentinels.contains(id))
        .toList();
  }

  private static String sentinel(int slice, int partition) {
    return HistoryRules.SENTINEL + "-" + slice + "-" + partition;
  }

  private void write(Stamped record) {
    byte[] key = record.key() == null ? null : record.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = events.encode(record.event());
    send(
        new ProducerRecord<>(
            Topics.CRM_EVENTS, record.partition(), record.timestamp(), key, value));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    sent.add(producer.send(record));
  }

  /** Returns when all that was sent is on its topic. */
  private void flush() throws Exception {
    producer.flush();
    for (Future<RecordMetadata> written : sent) {
      written.get();
    }
    sent.clear();
  }

  private void publish(List<ControlUpdate> rows) throws Exception {
    List<ControlUpdate> all = new ArrayList<>(rows);
    rows.forEach(row -> controlRows.merge(row.table(), 1L, Long::sum));
    for (ControlTable table : RulesInForce.NEEDED) {
      all.add(HistoryRules.marker(table, controlRows.getOrDefault(table, 0L)));
    }
    RecordCodec<ControlChange> codec = RecordCodec.of(ControlChange.class);
    for (ControlUpdate row : all) {
      send(
          new ProducerRecord<>(
              Topics.of(row.table()),
              null,
              Histories.START,
              row.key().getBytes(StandardCharsets.UTF_8),
              codec.encode(row.change())));
    }
    flush();
    control.addAll(all);
  }

  private Replay replay(Decided into) {
    return replay(
        (decision, actions) -> {
          into.add(decision);
          actions.forEach(into::add);
        });
  }

  private Replay replay(Replay.Output output) {
    ControlSnapshot snapshot = new ControlSnapshot(RulesInForce.NEEDED);
    RulesInForce rules =
        new RulesInForce(snapshot, reader(), (row, reason, detail, at) -> fail(detail));
    for (ControlUpdate update : control) {
      update.applyTo(snapshot);
      rules.changed(update.table(), update.key(), update.change());
    }
    assertThat(snapshot.ready()).isTrue();
    Replay replay = new Replay(rules, PARTITIONS, output);
    List<ConsumerRecord<byte[], byte[]>> records =
        new ArrayList<>(KAFKA.consume(Topics.CRM_EVENTS));
    // Partitions side by side, each in its order.
    records.sort(Comparator.comparingLong(ConsumerRecord::offset));
    records.forEach(
        record ->
            replay.record(record.partition(), record.timestamp(), events.decode(record.value())));
    return replay;
  }

  private static RuleReading.Reader reader() {
    RuleParser parser = RuleParser.create();
    return row -> {
      Parsed parsed = parser.parse(row.getDefinition());
      return RuleReading.of(
          parsed.rule().orElseThrow(() -> new AssertionError(parsed.problems().toString())));
    };
  }

  private static void fail(String detail) {
    throw new AssertionError(detail);
  }

  private void assertSame(Map<String, String> job, Map<String, String> replay) {
    Set<String> different = new TreeSet<>();
    job.forEach(
        (id, bytes) -> {
          if (!bytes.equals(replay.get(id))) {
            different.add(id);
          }
        });
    replay.keySet().stream().filter(id -> !job.containsKey(id)).forEach(different::add);
    tell(different.stream().limit(TOLD).collect(Collectors.toSet()));
    assertThat(different.size()).as("differences of %s records", job.size()).isZero();
  }

  private void tell(Set<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    try (TopicFollower all = new TopicFollower(KAFKA.bootstrapServers(), Topics.RULES_DECIDED)) {
      all.read(
          record -> {
            RuleDecided decision = decidedBytes.decode(record.value());
            if (ids.contains(decision.getId())) {
              System.out.println("job    " + decision);
            }
          });
    }
    replay(
        (decision, actions) -> {
          if (ids.contains(decision.getId())) {
            System.out.println("replay " + decision);
          }
        });
  }

  /** Exact where nothing fails; after a crash a grant may have been given to somebody else too. */
  private void assertCaps(Decided replay) {
    assertThat(replay.changedGrants()).isEmpty();
    assertThat(decided.grants().keySet()).isEqualTo(replay.grants().keySet()).isNotEmpty();
    decided
        .grants()
        .forEach(
            (day, granted) ->
                assertThat(granted.size())
                    .as(day)
                    .isBetween(
                        replay.grants().get(day).size() - decided.changedGrants().size(),
                        replay.grants().get(day).size() + decided.changedGrants().size()));
  }

  private void print(List<Stamped> log, Replay replay) throws Exception {
    System.out.printf(
        "replay: seed %d, %d histories, %d events (%d of them repeated), %d decisions (%d at moments,"
            + " %d moments judged), verdicts %s, %d requests, %d restarts, %d decisions made again,"
            + " grants %s, %d of them changed by a crash%n",
        SEED,
        replay.subjects(),
        log.stream().filter(record -> record.key() != null).count(),
        replay.duplicates(),
        decided.decisions().size(),
        decided.atMoments(),
        replay.moments(),
        decided.outcomes(),
        decided.actions().size(),
        FLINK.restarts(),
        decided.copies(),
        decided.grants().entrySet().stream()
            .map(e -> e.getKey() + ": " + e.getValue().size())
            .toList(),
        decided.changedGrants().size());
  }
}
