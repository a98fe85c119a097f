package io.voronka.jobs.evaluaterules.replay;

import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.Subject;
import io.voronka.schemas.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A log of many leads, as two gateways write it whose clocks differ: events that come late, twice,
 * without a time, in the instant of a moment; ticks in every partition. Seeded.
 */
public final class Histories {
  /** 23:40 in Moscow: the log goes over midnight. */
  public static final long START = Instant.parse("2025-10-09T20:40:00Z").toEpochMilli();

  public static final long MINUTE = 60_000;
  public static final long LENGTH = 46 * MINUTE;

  /** Gaps between events and waits of rules meet to the millisecond, if the lead is a whole one. */
  private static final long[] WHOLE_GAPS = {0, 1, 30, 60, 60, 90, 120, 120, 150, 180, 240};

  private static final long SKEW = 170;
  private static final long TICK = 1_000;
  private static final long LAST_BEGINNING = 36 * MINUTE;

  private final SplittableRandom random;
  private final int partitions;
  private final List<Stamped> records = new ArrayList<>();
  private int events;

  private Histories(long seed, int partitions) {
    this.random = new SplittableRandom(seed);
    this.partitions = partitions;
  }

  /**
   * A record to be written.
   *
   * @param at when it is written, epoch milliseconds: the order of records
   * @param timestamp what the gateway's clock says
   * @param key null with ticks
   */
  public record Stamped(long at, int partition, long timestamp, String key, CrmEvent event) {}

  /** The log of so many leads, in the order of writing. */
  public static List<Stamped> log(long seed, int leads, int partitions) {
    Histories histories = new Histories(seed, partitions);
    for (int lead = 0; lead < leads; lead++) {
      histories.lead(lead);
    }
    for (long at = START; at <= START + LENGTH; at += TICK) {
      for (int partition = 0; partition < partitions; partition++) {
        histories.tick(at, partition);
      }
    }
    histories.records.sort(Comparator.comparingLong(Stamped::at));
    return histories.records;
  }

  /** An event that surely makes a rule fire, to be seen when the records before it are judged. */
  public static Stamped sentinel(String id, int partition, long at) {
    CrmEvent event =
        builder(new Subject(HistoryRules.PLAIN, "kommo-1", EntityType.LEAD, id), id, at)
            .setKind(EventKind.LEAD_CREATED)
            .setFields(Map.of("name", HistoryRules.SENTINEL))
            .build();
    return new Stamped(at, partition, at, Subject.of(event).key(), event);
  }

  /** A tick that is later than all that is written before a time. */
  public static Stamped tickAfter(long at, int partition) {
    return new Stamped(at, partition, at + SKEW + 1, null, tick(at));
  }

  private static CrmEvent tick(long at) {
    return CrmEvent.newBuilder().setId("tick").setKind(EventKind.TICK).setReceivedAt(at).build();
  }

  private void lead(int number) {
    String tenant = HistoryRules.TENANTS.get(chance(0.85) ? 0 : 1);
    String account = HistoryRules.ACCOUNTS.get(random.nextInt(2));
    Subject subject = new Subject(tenant, account, EntityType.LEAD, "L" + number);
    int partition = Math.floorMod(subject.key().hashCode(), partitions);
    boolean whole = chance(0.5);
    long at = START + random.nextLong(LAST_BEGINNING);
    at -= whole ? at % 1000 : 0;
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      long stamp = at + (!whole && chance(0.5) ? SKEW : 0);
      CrmEvent event = event(subject, stamp, i == 0 && chance(0.8));
      Stamped record = new Stamped(at, partition, stamp, subject.key(), event);
      records.add(record);
      if (chance(0.07)) {
        long again = at + new long[] {0, 5_000, 300_000}[random.nextInt(3)];
        records.add(new Stamped(again, partition, again, subject.key(), event));
      }
      at +=
          whole
              ? 1000 * WHOLE_GAPS[random.nextInt(WHOLE_GAPS.length)]
              : random.nextLong(1, 200_000);
    }
  }

  private void tick(long at, int partition) {
    boolean fast = chance(0.5);
    records.add(new Stamped(at, partition, at + (fast ? SKEW : 0), null, tick(at)));
  }

  private CrmEvent event(Subject subject, long at, boolean creation) {
    CrmEvent.Builder event = builder(subject, "e" + events++, at).setOccurredAt(occurred(at));
    int kind = creation ? 0 : 1 + random.nextInt(12);
    if (chance(0.2)) {
      event.setActorId(chance(0.5) ? HistoryRules.INTEGRATION_USER : "5");
    }
    Map<String, String> fields = new HashMap<>();
    if (kind >= 8) {
      fields.put("text", name());
    }
    switch (kind) {
      case 8, 9 -> entity(event, EventKind.MESSAGE_RECEIVED, EntityType.MESSAGE);
      case 10 -> entity(event, EventKind.MESSAGE_SENT, EntityType.MESSAGE);
      case 11 -> entity(event, EventKind.TASK_CREATED, EntityType.TASK);
      case 12 -> entity(event, EventKind.NOTE_ADDED, EntityType.NOTE);
      default -> {
        event.setKind(kind(kind));
        leadFields(event, fields, at);
      }
    }
    return event.setFields(fields).build();
  }

  private static EventKind kind(int kind) {
    return kind == 0
        ? EventKind.LEAD_CREATED
        : kind < 5
            ? EventKind.LEAD_UPDATED
            : kind < 7 ? EventKind.LEAD_STAGE_CHANGED : EventKind.LEAD_RESPONSIBLE_CHANGED;
  }

  private void leadFields(CrmEvent.Builder event, Map<String, String> fields, long at) {
    if (chance(0.7)) {
      fields.put("status_id", "" + (10 + random.nextInt(4)));
    }
    if (chance(0.6)) {
      fields.put("pipeline_id", "1");
    }
    if (chance(0.5)) {
      fields.put("name", name());
    }
    if (chance(0.5)) {
      fields.put("price", new String[] {"1", "2", "10", "10.0", "15.50"}[random.nextInt(5)]);
    }
    if (event.getKind() == EventKind.LEAD_CREATED && chance(0.5)) {
      fields.put("created_at", "" + at / 1000);
    }
    if (chance(0.15)) {
      event.setPrevious(Map.of("status_id", "" + (10 + random.nextInt(4))));
    }
    if (chance(0.2)) {
      event.setTags(List.of(new Tag(null, chance(0.5) ? "vip" : "new")));
    }
    List<CustomField> custom = new ArrayList<>();
    if (chance(0.3)) {
      custom.add(field("1", null, new FieldValue("" + random.nextInt(4), null, null)));
    }
    if (chance(0.3)) {
      custom.add(field("2", "SIZE", new FieldValue(name(), null, null)));
    }
    if (chance(0.3)) {
      custom.add(field("3", null, new FieldValue("v", "" + random.nextInt(4), null)));
    }
    if (chance(0.25)) {
      long date = at / 1000 + 30L * random.nextInt(-4, 12);
      custom.add(field("9", null, new FieldValue("" + date, null, null)));
    }
    event.setCustomFields(custom);
  }

  private Long occurred(long at) {
    int kind = random.nextInt(20);
    if (kind < 2) {
      return null;
    }
    long late = kind < 6 ? random.nextLong(1_000, 180_000) : kind == 6 ? -10_000 : 0;
    return (at - late) / 1000 * 1000;
  }

  private void entity(CrmEvent.Builder event, EventKind kind, EntityType type) {
    event.setKind(kind).setEntityType(type).setEntityId(type.name() + events);
  }

  private static CustomField field(String id, String code, FieldValue value) {
    return new CustomField(id, code, "Field " + id, List.of(value));
  }

  private static CrmEvent.Builder builder(Subject subject, String id, long at) {
    return CrmEvent.newBuilder()
        .setId(id)
        .setTenantId(subject.tenantId())
        .setAccountId(subject.accountId())
        .setEntityType(EntityType.LEAD)
        .setEntityId(subject.id())
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(subject.id())
        .setReceivedAt(at);
  }

  private String name() {
    return new String[] {"ann", "Ann", "bob", "", "alan"}[random.nextInt(5)];
  }

  private boolean chance(double of) {
    return random.nextDouble() < of;
  }
}
