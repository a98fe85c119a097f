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
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * CPU time of each part of judging an event, in one thread and without Flink, Kafka and RocksDB.
 */
public final class HotPathProfile {
  private static final int EVENTS = 20_000;
  private static final int LEADS = 500;
  private static final int OWNERS = 20;
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
  private final RuleSet rules = rules();
  private final long[] nanos = new long[PARTS.length];
  private long stateBytes;
  private long decidedBytes;

  public static void main(String[] args) throws Exception {
    List<byte[]> encoded = encoded();
    HotPathProfile profile = new HotPathProfile();
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    for (int round = 0; round < rounds; round++) {
      profile.run(encoded);
    }
  }

  private void run(List<byte[]> encoded) throws Exception {
    byte[][] states = new byte[LEADS][];
    DataOutputSerializer out = new DataOutputSerializer(1024);
    java.util.Arrays.fill(nanos, 0);
    stateBytes = 0;
    decidedBytes = 0;
    for (int from = 0; from < EVENTS; from += LEADS) {
      chunk(encoded.subList(from, from + LEADS), states, out);
    }
    double all = 0;
    for (int i = 0; i < PARTS.length; i++) {
      System.out.printf("%6.2f us %s%n", nanos[i] / 1e3 / EVENTS, PARTS[i]);
      all += nanos[i] / 1e3 / EVENTS;
    }
    System.out.printf(
        "%6.2f us in all; state %d bytes, decision %d bytes, event %d bytes%n",
        all, stateBytes / EVENTS, decidedBytes / EVENTS, encoded.get(0).length);
  }

  /** Part by part over many events, so that reading the clock costs nothing. */
  private void chunk(List<byte[]> encoded, byte[][] states, DataOutputSerializer out)
      throws Exception {
    int size = encoded.size();
    CrmEvent[] decoded = new CrmEvent[size];
    SubjectMemory[] memories = new SubjectMemory[size];
    Decision[] decided = new Decision[size];
    SeenEvents[] seen = new SeenEvents[size];
    long at = now();
    for (int i = 0; i < size; i++) {
      decoded[i] = events.decode(encoded.get(i));
    }
    at = lap(0, at);
    for (int i = 0; i < size; i++) {
      memories[i] =
          states[i] == null
              ? SubjectMemory.EMPTY
              : serializer.deserialize(new DataInputDeserializer(states[i]));
    }
    at = lap(1, at);
    for (int i = 0; i < size; i++) {
      long id = StableId.fingerprint(decoded[i].getId());
      if (memories[i].seen().contains(id, decoded[i].getReceivedAt())) {
        throw new IllegalStateException("all events differ");
      }
      int expiry = SeenEvents.expiry(decoded[i].getReceivedAt(), true);
      seen[i] = memories[i].seen().with(id, expiry, decoded[i].getReceivedAt(), (k, v) -> {});
    }
    at = lap(2, at);
    for (int i = 0; i < size; i++) {
      decided[i] =
          rules.decide(
              memories[i].subject(),
              decoded[i],
              Clocks.at(decoded[i].getReceivedAt()),
              AccountSetting.UNKNOWN);
    }
    at = lap(3, at);
    for (int i = 0; i < size; i++) {
      out.clear();
      serializer.serialize(new SubjectMemory(decided[i].state(), seen[i], 0), out);
      states[i] = out.getCopyOfBuffer();
      stateBytes += states[i].length;
    }
    at = lap(4, at);
    for (int i = 0; i < size; i++) {
      decidedBytes += decisions.encode(decided[i].decided().orElseThrow()).length;
    }
    lap(5, at);
  }

  private long lap(int part, long since) {
    long now = now();
    nanos[part] += now - since;
    return now;
  }

  private static long now() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static RuleSet rules() {
    RuleParser parser = RuleParser.create();
    List<RuleVersion> members = new ArrayList<>();
    for (int i = 0; i < OWNERS * 5; i++) {
      String definition =
          """
          {'id': 'rule-%d', 'trigger': {'event': 'lead_updated'},
           'when': {'all': [
             {'field_value': {'field': 'price', 'operator': 'greater_or_equal', 'value': %d}},
             {'field_value': {'field': 'responsible_user_id', 'operator': 'equals', 'value': 'u%d'}},
             {'field_value': {'field_code': 'PHONE', 'operator': 'not_empty'}}]},
           'actions': [{'key': 'a', 'create_task': {'text': 'Call {{lead.name}}', 'due': '2h'}}]}
          """
              .formatted(i, i / OWNERS == 0 ? 900 : 5_000, i % OWNERS);
      members.add(new RuleVersion(parser.parse(definition.replace('\'', '"')).rule().get(), 1));
    }
    return RuleSet.compile(1, members);
  }

  private static List<byte[]> encoded() {
    SplittableRandom random = new SplittableRandom(1);
    RecordCodec<CrmEvent> codec = RecordCodec.of(CrmEvent.class);
    List<byte[]> encoded = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      CrmEvent event =
          CrmEvents.lead(
              EventKind.LEAD_UPDATED,
              StableId.of("event", "" + i),
              "" + i % LEADS,
              CrmEvents.T0 + i,
              "" + (64100200 + random.nextInt(10)),
              "" + random.nextInt(1000));
      event.getFields().put("responsible_user_id", "u" + random.nextInt(OWNERS));
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
