package io.voronka.jobs.evaluaterules.operators.state;

import io.voronka.jobs.evaluaterules.CrmEvents;
import io.voronka.jobs.evaluaterules.domain.SeenEvents;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.StableId;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * CPU time of each part of judging an event, in one thread and without Flink, Kafka and RocksDB:
 * first part by part over many events, then all parts of one event after the other, so that they
 * take each other's place in the processor's caches as they do in the job. Arguments: rounds,
 * numbers of rules.
 */
public final class HotPathProfile {
  private static final int EVENTS = 20_000;
  private static final int LEADS = 5_000;
  private static final int CHUNK = 500;
  private static final int EVALUATED = 5;
  private static final int STAGES = 9;
  private static final int FIRST_STAGE = 64_100_200;
  private static final int FIRST_OWNER = 11_002_200;
  private static final String[] PARTS = {
    "decode the event",
    "read the state",
    "look for a duplicate",
    "decide",
    "write the state",
    "encode the decision"
  };

  private final RecordCodec<CrmEvent> events = RecordCodec.of(CrmEvent.class);
  private final RecordCodec<RuleDecided> decisions = RecordCodec.of(RuleDecided.class);
  private final SubjectMemorySerializer serializer = new SubjectMemorySerializer();
  private final int size;
  private final RuleSet rules;
  private final List<byte[]> encoded;
  private final long[] nanos = new long[PARTS.length];
  private long stateBytes;
  private long decidedBytes;

  private HotPathProfile(int size) {
    this.size = size;
    this.rules = rules(size);
    this.encoded = encoded(size / EVALUATED);
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    List<HotPathProfile> profiles = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      profiles.add(new HotPathProfile(Integer.parseInt(args[i])));
    }
    if (profiles.isEmpty()) {
      profiles.add(new HotPathProfile(100));
    }
    for (int round = 0; round < rounds; round++) {
      for (HotPathProfile profile : profiles) {
        profile.run();
      }
    }
  }

  private void run() throws Exception {
    Arrays.fill(nanos, 0);
    stateBytes = 0;
    decidedBytes = 0;
    eachFor(CHUNK);
    System.out.printf("%,d rules:%n", size);
    for (int i = 0; i < PARTS.length; i++) {
      System.out.printf("  %6.2f us %s%n", micros(nanos[i]), PARTS[i]);
    }
    long events = stateBytes == 0 ? 1 : EVENTS;
    System.out.printf(
        "  %6.2f us in all; state %d bytes, decision %d bytes, event %d bytes%n",
        micros(Arrays.stream(nanos).sum()),
        stateBytes / events,
        decidedBytes / events,
        encoded.get(0).length);
    long since = now();
    eachFor(1);
    System.out.printf("  %6.2f us in all, event by event%n", micros(now() - since));
  }

  private static double micros(long nanos) {
    return nanos / 1e3 / EVENTS;
  }

  /** All events, so many at a time through each part. */
  private void eachFor(int together) throws Exception {
    byte[][] states = new byte[LEADS][];
    DataOutputSerializer out = new DataOutputSerializer(1024);
    for (int from = 0; from < EVENTS; from += together) {
      chunk(from, together, states, out);
    }
  }

  /** Part by part over many events, so that reading the clock costs nothing. */
  private void chunk(int from, int size, byte[][] states, DataOutputSerializer out)
      throws Exception {
    boolean timed = size > 1;
    CrmEvent[] decoded = new CrmEvent[size];
    SubjectMemory[] memories = new SubjectMemory[size];
    Decision[] decided = new Decision[size];
    SeenEvents[] seen = new SeenEvents[size];
    long at = timed ? now() : 0;
    for (int i = 0; i < size; i++) {
      decoded[i] = events.decode(encoded.get(from + i));
    }
    at = timed ? lap(0, at) : 0;
    for (int i = 0; i < size; i++) {
      memories[i] =
          states[lead(from + i)] == null
              ? SubjectMemory.EMPTY
              : serializer.deserialize(new DataInputDeserializer(states[lead(from + i)]));
    }
    at = timed ? lap(1, at) : 0;
    for (int i = 0; i < size; i++) {
      long id = StableId.fingerprint(decoded[i].getId());
      if (memories[i].seen().contains(id, decoded[i].getReceivedAt())) {
        throw new IllegalStateException("all events differ");
      }
      int expiry = SeenEvents.expiry(decoded[i].getReceivedAt(), true);
      seen[i] = memories[i].seen().with(id, expiry, decoded[i].getReceivedAt(), (k, v) -> {});
    }
    at = timed ? lap(2, at) : 0;
    for (int i = 0; i < size; i++) {
      decided[i] =
          rules.decide(
              memories[i].subject(),
              decoded[i],
              Clocks.at(decoded[i].getReceivedAt()),
              AccountSetting.UNKNOWN);
    }
    at = timed ? lap(3, at) : 0;
    for (int i = 0; i < size; i++) {
      out.clear();
      serializer.serialize(new SubjectMemory(decided[i].state(), seen[i], 0), out);
      states[lead(from + i)] = out.getCopyOfBuffer();
      stateBytes += states[lead(from + i)].length;
    }
    at = timed ? lap(4, at) : 0;
    for (int i = 0; i < size; i++) {
      decidedBytes += decisions.encode(decided[i].decided().orElseThrow()).length;
    }
    if (timed) {
      lap(5, at);
    }
  }

  private long lap(int part, long since) {
    long now = now();
    nanos[part] += now - since;
    return now;
  }

  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static int lead(int number) {
    return number % LEADS;
  }

  private static RuleSet rules(int size) {
    RuleParser parser = RuleParser.create();
    List<RuleVersion> members = new ArrayList<>();
    int owners = size / EVALUATED;
    for (int i = 0; i < size; i++) {
      String definition =
          """
          {'id': 'rule-%d', 'trigger': {'event': 'lead_updated'},
           'when': {'all': [
             {'field_value': {'field': 'responsible_user_id', 'operator': 'equals', 'value': '%d'}},
             {'field_value': {%s}},
             {'field_value': {'field_code': 'PHONE', 'operator': 'not_empty'}}]},
           'actions': [{'key': 'a', 'create_task': {'text': 'Call {{lead.name}}', 'due': '2h'}}]}
          """
              .formatted(i, FIRST_OWNER + i % owners, further(i / owners, i));
      members.add(new RuleVersion(parser.parse(definition.replace('\'', '"')).rule().get(), 1));
    }
    return RuleSet.compile(1, members);
  }

  /** Only the first of an owner's rules can hold. */
  private static String further(int place, int number) {
    return switch (place) {
      case 0 -> "'field': 'price', 'operator': 'greater_or_equal', 'value': 900";
      case 1 -> "'field': 'price', 'operator': 'less', 'value': -" + (number + 1);
      case 2 -> "'field': 'name', 'operator': 'starts_with', 'value': 'VIP " + number + "'";
      case 3 -> "'field': 'status_id', 'operator': 'not_in', 'values': " + stages();
      default -> "'field_code': 'PHONE', 'operator': 'starts_with', 'value': '+44" + number + "'";
    };
  }

  private static String stages() {
    return IntStream.range(0, STAGES)
        .mapToObj(stage -> "'" + (FIRST_STAGE + stage) + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static List<byte[]> encoded(int owners) {
    SplittableRandom random = new SplittableRandom(1);
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    List<byte[]> encoded = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      CrmEvent event =
          CrmEvents.lead(
              EventKind.LEAD_UPDATED,
              StableId.of("event", "" + i),
              "" + lead(i),
              CrmEvents.T0 + i,
              "" + (FIRST_STAGE + random.nextInt(STAGES)),
              "" + random.nextInt(1000));
      event.getFields().put("responsible_user_id", "" + (FIRST_OWNER + random.nextInt(owners)));
      event.getFields().put("last_modified", "" + (CrmEvents.T0 / 1000 + i));
      event.getFields().put("modified_user_id", "0");
      event.getFields().put("created_user_id", "11002200");
      event.getFields().put("date_create", "1748268000");
      event.getFields().put("account_id", "31337001");
      event.getFields().put("created_at", "1748268000");
      event.getFields().put("updated_at", "" + (CrmEvents.T0 / 1000 + i));
      event
          .getCustomFields()
          .add(
              new CustomField(
                  "575809",
                  "PHONE",
                  "Phone",
                  List.of(new FieldValue("+7999" + i, "311321", null))));
      event
          .getCustomFields()
          .add(
              new CustomField(
                  "427271", null, "Date", List.of(new FieldValue("1412380800", null, null))));
      encoded.add(codec.encode(event));
    }
    return encoded;
  }
}
