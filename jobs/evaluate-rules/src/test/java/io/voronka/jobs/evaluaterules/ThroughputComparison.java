package io.voronka.jobs.evaluaterules;

import io.voronka.connectors.testing.KafkaExtension;
import io.voronka.jobs.evaluaterules.baseline.BaselineGraph;
import io.voronka.jobs.kit.JobArguments;
import io.voronka.jobs.kit.JobEnvironment;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Topics;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The rules job beside its baseline, both in this JVM with the broker: a profile of where the time
 * goes rather than the benchmark of record, which runs real processes. Arguments: events, rules,
 * rounds.
 */
public final class ThroughputComparison {
  private static final int LEADS = 20_000;
  private static final int EVALUATED = 5;
  private static final long START = 1_760_000_000_000L;

  private final KafkaExtension kafka;
  private final int events;

  private ThroughputComparison(KafkaExtension kafka, int events) {
    this.kafka = kafka;
    this.events = events;
  }

  public static void main(String[] args) throws Exception {
    int events = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int rules = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    KafkaExtension kafka = KafkaExtension.create();
    kafka.beforeAll(null);
    kafka.createAllTopics("");
    new ThroughputComparison(kafka, events).run(rules, rounds);
    System.exit(0);
  }

  private void run(int rules, int rounds) throws Exception {
    controlRows(rules);
    writeEvents(Math.max(1, rules / EVALUATED));
    for (int round = 0; round < rounds; round++) {
      for (String name : List.of("rules", "baseline")) {
        String topic = name.equals("rules") ? Topics.RULES_DECIDED : "passthrough-" + round;
        if (name.equals("baseline")) {
          kafka.createTopic(topic, 12);
          kafka.createTopic(topic + "-actions", 12);
        }
        measure(name, round, topic);
      }
    }
  }

  private void measure(String name, int round, String topic) throws Exception {
    JobArguments arguments = arguments(name, round, topic);
    StreamExecutionEnvironment env;
    if (name.equals("rules")) {
      EvaluateRulesConfig config = EvaluateRulesConfig.from(arguments);
      env = JobEnvironment.from(config.job());
      EvaluateRulesJob.attach(env, config);
    } else {
      env = BaselineGraph.of(arguments);
    }
    long written = written(topic);
    JobClient job = env.executeAsync(name);
    awaitWritten(topic, written + events / 5);
    Map<Long, Long> cpuBefore = cpu();
    long started = System.nanoTime();
    long first = written(topic);
    awaitWritten(topic, written + events);
    double seconds = (System.nanoTime() - started) / 1e9;
    double count = written + events - first;
    System.out.printf("%-9s round %d: %.0f events/s%n", name, round, count / seconds);
    threads(cpuBefore, count);
    job.cancel().get();
  }

  private JobArguments arguments(String name, int round, String topic) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--kafka.bootstrap-servers",
                kafka.bootstrapServers(),
                "--job.name",
                name + "-" + round,
                "--job.parallelism",
                "2"));
    if (!name.equals("rules")) {
      args.addAll(
          List.of(
              "--passthrough.decided-topic",
              topic,
              "--passthrough.actions-topic",
              topic + "-actions"));
    }
    return JobArguments.of(args.toArray(String[]::new));
  }

  private void threads(Map<Long, Long> before, double count) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<String, Double> byName = new TreeMap<>();
    cpu()
        .forEach(
            (id, nanos) -> {
              var info = threads.getThreadInfo(id);
              if (info != null) {
                String label = info.getThreadName().replaceAll("[0-9]+", "#");
                label = label.length() > 60 ? label.substring(0, 60) : label;
                byName.merge(
                    label, (nanos - before.getOrDefault(id, 0L)) / 1e3 / count, Double::sum);
              }
            });
    byName.entrySet().stream()
        .filter(entry -> entry.getValue() > 0.3)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(entry -> System.out.printf("   %6.2f us %s%n", entry.getValue(), entry.getKey()));
  }

  private static Map<Long, Long> cpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Map<Long, Long> nanos = new HashMap<>();
    for (long id : threads.getAllThreadIds()) {
      nanos.put(id, threads.getThreadCpuTime(id));
    }
    return nanos;
  }

  private long written(String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(end -> end).sum();
    }
  }

  private void awaitWritten(String topic, long count) {
    while (written(topic) < count) {
      java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
    }
  }

  private void controlRows(int rules) {
    int owners = Math.max(1, rules / EVALUATED);
    List<String> members = new ArrayList<>();
    for (int i = 0; i < rules; i++) {
      int threshold = i / owners == 0 ? 900 : 5_000;
      write(
          ControlRows.rule(
              "rule-" + i,
              1,
              """
              {'id': 'rule-%d', 'trigger': {'event': 'lead_updated'},
               'when': {'all': [
                 {'field_value': {'field': 'price', 'operator': 'greater_or_equal', 'value': %d}},
                 {'field_value': {'field': 'responsible_user_id', 'operator': 'equals', 'value': 'u%d'}},
                 {'field_value': {'field_code': 'PHONE', 'operator': 'not_empty'}}]},
               'actions': [{'key': 'a', 'create_task': {'text': 'Call {{lead.name}}', 'due': '2h'}}]}
              """
                  .formatted(i, threshold, i % owners)));
      members.add("rule-" + i + ":1");
    }
    write(ControlRows.tenant(true));
    write(ControlRows.account(true));
    write(ControlRows.ruleSet(1, START - 1, members.toArray(String[]::new)));
    write(ControlRows.complete(ControlTable.TENANTS, 1));
    write(ControlRows.complete(ControlTable.ACCOUNTS, 1));
    write(ControlRows.complete(ControlTable.RULES, rules));
    write(ControlRows.complete(ControlTable.RULE_SETS, 1));
    for (ControlTable table :
        List.of(
            ControlTable.AGENTS, ControlTable.FIELDS, ControlTable.PIPELINES, ControlTable.USERS)) {
      write(ControlRows.complete(table, 0));
    }
  }

  private void write(io.voronka.connectors.kafka.control.ControlUpdate update) {
    kafka.produce(
        Topics.of(update.table()),
        START,
        update.change().getTenant() == null ? update.key() : ControlKeys.of(update.change()),
        update.change());
  }

  private void writeEvents(int owners) {
    SplittableRandom random = new SplittableRandom(1);
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "linger.ms",
                "20",
                "compression.type",
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long bytes = 0;
      for (int i = 0; i < events; i++) {
        CrmEvent event = event(i, owners, random);
        byte[] value = codec.encode(event);
        bytes += value.length;
        var unused =
            producer.send(
                new ProducerRecord<>(
                    Topics.CRM_EVENTS,
                    null,
                    event.getReceivedAt(),
                    Subject.of(event).key().getBytes(StandardCharsets.UTF_8),
                    value));
      }
      System.out.println("events of " + bytes / events + " bytes");
    }
  }

  private static CrmEvent event(int number, int owners, SplittableRandom random) {
    String lead = "" + random.nextInt(LEADS);
    CrmEvent event =
        CrmEvents.lead(
            EventKind.LEAD_UPDATED,
            io.voronka.schemas.StableId.of("event", "" + number),
            lead,
            START + number,
            "" + (64100200 + random.nextInt(10)),
            "" + random.nextInt(1000));
    event.getFields().put("responsible_user_id", "u" + random.nextInt(owners));
    event.getFields().put("last_modified", "" + (START / 1000 + number));
    event.getFields().put("modified_user_id", "0");
    event.getFields().put("created_user_id", "11002200");
    event.getFields().put("date_create", "1748268000");
    event.getFields().put("account_id", "31337001");
    event.getFields().put("created_at", "1748268000");
    event.getFields().put("updated_at", "" + (START / 1000 + number));
    event
        .getCustomFields()
        .add(
            new CustomField(
                "575809",
                "PHONE",
                "Phone",
                List.of(new FieldValue("+7999" + number, "311321", null))));
    event
        .getCustomFields()
        .add(
            new CustomField(
                "427271", null, "Date", List.of(new FieldValue("1412380800", null, null))));
    return event;
  }
}
