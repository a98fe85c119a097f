package io.voronka.jobs.capturecontrol.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.schemas.ControlChange;
import io.voronka.schemas.ControlKeys;
import io.voronka.schemas.ControlOp;
import io.voronka.schemas.ControlSnapshot;
import io.voronka.schemas.ControlTable;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.FieldRow;
import io.voronka.schemas.RuleSetRow;
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.TenantRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ControlReconcilerTest {
  private static final long NOW = 1_000_000;
  private static final Set<ControlTable> TABLES = ControlSnapshot.CAPTURED;

  @Test
  void readsWithANewGenerationAndMarksTheEndWithCounts() {
    ControlReconciler run = ControlReconciler.reading(new PublishedControl());

    List<ControlWrite> rows = run.take(tenant("acme", "Acme"), NOW);
    List<ControlWrite> end = end(run);

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).change().getGeneration()).isEqualTo(1);
    assertThat(end)
        .extracting(ControlWrite::key)
        .hasSize(TABLES.size())
        .containsOnly(ControlKeys.SNAPSHOT);
    assertThat(end)
        .filteredOn(write -> write.table() == ControlTable.TENANTS)
        .extracting(write -> write.change().getRowCount())
        .containsExactly(1L);
    assertThat(run.following()).isTrue();
    assertThat(run.seen()).isEmpty();
  }

  @Test
  void writesTombstonesForWhatWentWhileItWasAwayBeforeTheMarkers() {
    PublishedControl topics = new PublishedControl();
    publish(topics, ControlReconciler.reading(topics), tenant("stays", "1"), tenant("gone", "2"));
    ControlReconciler next = ControlReconciler.reading(topics);
    next.take(tenant("stays", "1"), NOW);

    List<ControlWrite> end = end(next);

    assertThat(next.generation()).isEqualTo(2);
    assertThat(end.get(0)).isEqualTo(ControlWrite.tombstone(ControlTable.TENANTS, "gone"));
    assertThat(end.get(1).change().getOp()).isEqualTo(ControlOp.SNAPSHOT_COMPLETE);
    assertThat(next.rows(ControlTable.TENANTS)).isEqualTo(1);
  }

  @Test
  void onlyAHeartbeatWrittenAfterAnotherHasComeByEndsTheReading() {
    ControlReconciler run = ControlReconciler.reading(new PublishedControl());

    assertThat(run.take(CapturedRow.heartbeat(NOW - 400, NOW), NOW)).isEmpty();
    assertThat(run.take(CapturedRow.heartbeat(NOW - 200, NOW), NOW + 10)).isEmpty();
    assertThat(run.take(CapturedRow.heartbeat(NOW, NOW), NOW + 20)).isEmpty();
    assertThat(run.take(CapturedRow.heartbeat(NOW + 200, NOW), NOW + 300)).hasSize(TABLES.size());
    assertThat(run.take(CapturedRow.heartbeat(NOW + 60_200, NOW), NOW + 60_300)).isEmpty();
  }

  @Test
  void aChangeMadeDuringTheReadingThatComesByAgainIsNotTakenForTheLastWord() {
    ControlReconciler run = ControlReconciler.reading(new PublishedControl());
    List<ControlWrite> log = new ArrayList<>(run.take(tenant("acme", "new"), NOW));
    log.addAll(run.take(CapturedRow.heartbeat(NOW - 200, NOW), NOW));

    log.addAll(run.take(tenant("acme", "old"), NOW));
    log.addAll(run.take(tenant("acme", "new"), NOW));
    log.addAll(run.take(CapturedRow.heartbeat(NOW + 1, NOW), NOW));

    assertThat(log).filteredOn(write -> write.key().equals("!snapshot")).hasSize(TABLES.size());
    assertThat(readersCopy(log)).containsEntry("acme", "new");
  }

  @Test
  void followsEachChangeWithItsTablesMarkerAnew() {
    ControlReconciler run = ControlReconciler.reading(new PublishedControl());
    end(run);

    List<ControlWrite> inserted = run.take(tenant("acme", "Acme"), NOW);
    List<ControlWrite> deleted = run.take(gone("acme"), NOW);
    List<ControlWrite> again = run.take(gone("acme"), NOW);

    assertThat(inserted).extracting(ControlWrite::key).containsExactly("acme", "!snapshot");
    assertThat(inserted.get(1).change().getRowCount()).isEqualTo(1);
    assertThat(deleted.get(0).change()).isNull();
    assertThat(deleted.get(1).change().getRowCount()).isZero();
    assertThat(again).extracting(ControlWrite::key).containsExactly("!snapshot");
  }

  @Test
  void stampsARuleSetOnceAndForEver() {
    PublishedControl topics = new PublishedControl();
    ControlReconciler first = ControlReconciler.reading(topics);
    List<ControlWrite> stamped = publish(topics, first, ruleSet(1));

    ControlReconciler later = ControlReconciler.reading(topics);
    List<ControlWrite> again = later.take(ruleSet(1), NOW + 86_400_000);

    assertThat(stamped.get(0).change().getRuleSet().getEffectiveAt())
        .isEqualTo(NOW + ControlReconciler.LEAD_MILLIS);
    assertThat(again.get(0).change().getRuleSet().getEffectiveAt())
        .isEqualTo(NOW + ControlReconciler.LEAD_MILLIS);
    assertThat(again.get(0).change().getGeneration()).isEqualTo(2);
  }

  @Test
  void stampsASequenceOnceAndForEver() {
    PublishedControl topics = new PublishedControl();
    List<ControlWrite> stamped = publish(topics, ControlReconciler.reading(topics), sequence());
    ControlReconciler later = ControlReconciler.reading(topics);
    List<ControlWrite> again = later.take(sequence(), NOW + 86_400_000);

    assertThat(List.of(stamped.get(0), again.get(0)))
        .extracting(write -> write.change().getSequence().getEffectiveAt())
        .containsOnly(NOW + ControlReconciler.LEAD_MILLIS);
  }

  private static CapturedRow sequence() {
    ControlChange row =
        ControlChange.newBuilder()
            .setTable(ControlTable.SEQUENCES)
            .setOp(ControlOp.UPSERT)
            .setGeneration(0)
            .setSequence(new SequenceRow("acme", "welcome", 1L, "Welcome", "{}", 0L))
            .build();
    return CapturedRow.present(ControlTable.SEQUENCES, ControlKeys.of(row), row, NOW);
  }

  @Test
  void aNewerSetNeverComesIntoForceBeforeAnOlderOneWhenTheClockGoesBack() {
    ControlReconciler run = ControlReconciler.reading(new PublishedControl());
    run.take(ruleSet(1), NOW);

    ControlWrite second = run.take(ruleSet(2), NOW - 60_000).get(0);

    assertThat(second.change().getRuleSet().getEffectiveAt())
        .isEqualTo(NOW + ControlReconciler.LEAD_MILLIS);
  }

  @Test
  void stampsAFieldAnewOnlyWhenItsContentChangesAndInWholeSeconds() {
    PublishedControl topics = new PublishedControl();
    ControlReconciler first = ControlReconciler.reading(topics);
    publish(topics, first, field("text"));
    ControlReconciler later = ControlReconciler.reading(topics);

    long again = fieldEffectiveAt(later.take(field("text"), NOW + 86_400_000));
    long changed = fieldEffectiveAt(later.take(field("numeric"), NOW + 86_400_000));
    long back = fieldEffectiveAt(later.take(field("text"), NOW));

    assertThat(again).isEqualTo((NOW + ControlReconciler.LEAD_MILLIS + 999) / 1000 * 1000);
    assertThat(changed)
        .isBetween(
            NOW + 86_400_000 + ControlReconciler.LEAD_MILLIS,
            NOW + 86_400_000 + ControlReconciler.LEAD_MILLIS + 999);
    assertThat(changed % 1000).isZero();
    assertThat(back).as("the clock was set back").isEqualTo(changed);
  }

  private static long fieldEffectiveAt(List<ControlWrite> writes) {
    return writes.get(0).change().getField().getEffectiveAt();
  }

  @Test
  void whatCannotBeReadKeepsItsLastContentUnderTheNewGeneration() {
    PublishedControl topics = new PublishedControl();
    publish(topics, ControlReconciler.reading(topics), tenant("acme", "Acme"));
    ControlReconciler next = ControlReconciler.reading(topics);

    List<ControlWrite> kept =
        next.take(CapturedRow.unreadable(ControlTable.TENANTS, "acme", 0), NOW);
    List<ControlWrite> end = end(next);

    assertThat(kept.get(0).change().getTenant().getName()).isEqualTo("Acme");
    assertThat(kept.get(0).change().getGeneration()).isEqualTo(2);
    assertThat(end).allMatch(write -> write.change() != null);
  }

  @Test
  void whatCannotBeReadAndNeverCouldIsNotWritten() {
    ControlReconciler run = ControlReconciler.reading(new PublishedControl());

    assertThat(run.take(CapturedRow.unreadable(ControlTable.TENANTS, "acme", 0), NOW)).isEmpty();
  }

  @Test
  void anUnreadableRecordOnATopicIsReplacedOrRemoved() {
    PublishedControl topics = new PublishedControl();
    topics.readUnreadable(ControlTable.RULE_SETS, "acme|1");
    topics.readUnreadable(ControlTable.RULE_SETS, "acme|2");
    ControlReconciler run = ControlReconciler.reading(topics);

    List<ControlWrite> replaced = run.take(ruleSet(1), NOW);
    List<ControlWrite> end = end(run);

    assertThat(replaced.get(0).change().getRuleSet().getEffectiveAt()).isGreaterThan(NOW);
    assertThat(end).contains(ControlWrite.tombstone(ControlTable.RULE_SETS, "acme|2"));
  }

  @Test
  void readingOnDoesNotTakeTheTopicForWhatItHadSeen() {
    PublishedControl topics = new PublishedControl();
    ControlReconciler first = ControlReconciler.reading(topics);
    publish(topics, first, tenant("before", "1"));
    Set<RowKey> seenAtCheckpoint = Set.copyOf(first.seen());
    publish(topics, first, tenant("after", "2"));

    // "after" is deleted from the table before it could be seen again.
    ControlReconciler on =
        ControlReconciler.readingOn(topics, first.generation(), seenAtCheckpoint);
    List<ControlWrite> end = end(on);

    assertThat(on.generation()).isEqualTo(first.generation());
    assertThat(end.get(0)).isEqualTo(ControlWrite.tombstone(ControlTable.TENANTS, "after"));
    assertThat(on.rows(ControlTable.TENANTS)).isEqualTo(1);
  }

  /** Any mix of changes, restarts of each kind and repetitions leaves readers with the tables. */
  @Test
  void whateverHappensReadersEndWithWhatTheTablesHold() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<ControlWrite> log = new ArrayList<>();
      Map<String, String> table = new LinkedHashMap<>();
      ControlReconciler run = null;
      for (int step = 0; step < 60; step++) {
        if (run == null || random.nextInt(12) == 0) {
          run = ControlReconciler.reading(topicsOf(log));
          for (Map.Entry<String, String> row : table.entrySet()) {
            log.addAll(run.take(tenant(row.getKey(), row.getValue()), NOW));
          }
          log.addAll(end(run));
        } else if (random.nextInt(12) == 0) {
          run = ControlReconciler.followingOn(topicsOf(log), run.generation());
        }
        String id = "t" + random.nextInt(6);
        boolean seen = random.nextInt(4) > 0;
        if (random.nextBoolean()) {
          table.put(id, "v" + step);
        } else {
          table.remove(id);
        }
        if (!seen) {
          run = null;
          continue;
        }
        for (int repetition = 0; repetition <= random.nextInt(2); repetition++) {
          log.addAll(run.take(table.containsKey(id) ? tenant(id, table.get(id)) : gone(id), NOW));
        }
      }
      if (run == null) {
        run = ControlReconciler.reading(topicsOf(log));
        for (Map.Entry<String, String> row : table.entrySet()) {
          log.addAll(run.take(tenant(row.getKey(), row.getValue()), NOW));
        }
        log.addAll(end(run));
      }

      assertThat(readersCopy(log)).as("seed %d", seed).isEqualTo(table);
      assertThat(readersCopy(compacted(log))).as("seed %d, compacted", seed).isEqualTo(table);
    }
  }

  private static Map<String, String> readersCopy(List<ControlWrite> log) {
    ControlSnapshot snapshot = new ControlSnapshot(TABLES);
    log.forEach(write -> snapshot.apply(write.table(), write.key(), write.change()));
    assertThat(snapshot.ready()).isTrue();
    Map<String, String> rows = new LinkedHashMap<>();
    for (ControlChange row : snapshot.rows(ControlTable.TENANTS)) {
      rows.put(row.getTenant().getTenantId(), row.getTenant().getName());
    }
    return rows;
  }

  /** As Kafka compacts: only the last record of each key stays, at its place. */
  private static List<ControlWrite> compacted(List<ControlWrite> log) {
    Map<RowKey, Integer> last = new LinkedHashMap<>();
    for (int i = 0; i < log.size(); i++) {
      last.put(new RowKey(log.get(i).table(), log.get(i).key()), i);
    }
    return last.values().stream()
        .sorted()
        .map(log::get)
        .filter(write -> write.change() != null)
        .toList();
  }

  private static PublishedControl topicsOf(List<ControlWrite> log) {
    PublishedControl topics = new PublishedControl();
    log.forEach(write -> topics.read(write.table(), write.key(), write.change()));
    return topics;
  }

  private static List<ControlWrite> publish(
      PublishedControl topics, ControlReconciler run, CapturedRow... rows) {
    List<ControlWrite> writes = new ArrayList<>();
    for (CapturedRow row : rows) {
      writes.addAll(run.take(row, NOW));
    }
    writes.forEach(write -> topics.read(write.table(), write.key(), write.change()));
    return writes;
  }

  private static List<ControlWrite> end(ControlReconciler run) {
    assertThat(run.take(CapturedRow.heartbeat(NOW - 1, NOW), NOW)).isEmpty();
    return run.take(CapturedRow.heartbeat(NOW + 1, NOW), NOW);
  }

  private static CapturedRow tenant(String id, String name) {
    ControlChange row =
        ControlChange.newBuilder()
            .setTable(ControlTable.TENANTS)
            .setOp(ControlOp.UPSERT)
            .setGeneration(0)
            .setTenant(
                TenantRow.newBuilder()
                    .setTenantId(id)
                    .setName(name)
                    .setTimeZone("UTC")
                    .setLocale("en")
                    .build())
            .build();
    return CapturedRow.present(ControlTable.TENANTS, id, row, 0);
  }

  private static CapturedRow gone(String id) {
    return CapturedRow.gone(ControlTable.TENANTS, id, NOW);
  }

  private static CapturedRow field(String type) {
    ControlChange row =
        ControlChange.newBuilder()
            .setTable(ControlTable.FIELDS)
            .setOp(ControlOp.UPSERT)
            .setGeneration(0)
            .setField(
                FieldRow.newBuilder()
                    .setTenantId("acme")
                    .setAccountId("main")
                    .setEntityType(EntityType.LEAD)
                    .setFieldId("5")
                    .setName("Size")
                    .setType(type)
                    .build())
            .build();
    return CapturedRow.present(ControlTable.FIELDS, ControlKeys.of(row), row, NOW);
  }

  private static CapturedRow ruleSet(long version) {
    ControlChange row =
        ControlChange.newBuilder()
            .setTable(ControlTable.RULE_SETS)
            .setOp(ControlOp.UPSERT)
            .setGeneration(0)
            .setRuleSet(
                RuleSetRow.newBuilder()
                    .setTenantId("acme")
                    .setVersion(version)
                    .setMembers(List.of())
                    .setEffectiveAt(0)
                    .build())
            .build();
    return CapturedRow.present(
        ControlTable.RULE_SETS, ControlKeys.ruleSet("acme", version), row, NOW);
  }
}
