package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.CustomField;
import io.voronka.schemas.EntityType;
import io.voronka.schemas.EventKind;
import io.voronka.schemas.FieldValue;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.StableId;
import io.voronka.schemas.Topics;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is particular to rules that wait: one rule that fires an hour before the date in a lead's
 * field, the leads, and the records that tell of its moments. Belongs to one thread.
 */
final class WaitingRule {
  /** Gets one record per moment. */
  static final String TOPIC = Topics.RULES_DECIDED;

  static final String JOB = "evaluate-rules";

  private static final String RULE = "before-the-visit";
  private static final String FIELD = "427271";
  private static final long BEFORE_SECONDS = 3_600;
  private static final String DEFINITION =
      """
      {"id": "%s", "when": {"time_elapsed": {"field_id": %s, "before": "1h"}},
       "actions": [{"key": "note", "add_note": {"text": "{{lead.name}} comes in an hour"}}]}
      """
          .formatted(RULE, FIELD);

  private final RecordCodec<RuleDecided> decisions = RecordCodec.of(RuleDecided.class);

  /** The control rows. */
  List<ControlChange> rows(long effectiveAt) {
    return BenchTenant.MEASURED.with(Map.of(RULE, DEFINITION), effectiveAt);
  }

  /**
   * The event that arms the rule for a lead.
   *
   * @param at when the gateway got it, epoch milliseconds
   * @param due when the rule fires, a whole second in epoch milliseconds
   */
  CrmEvent arming(int lead, long at, long due) {
    String id = Integer.toString(lead);
    String date = Long.toString(due / 1_000 + BEFORE_SECONDS);
    return CrmEvent.newBuilder()
        .setId(StableId.of("bench", id))
        .setKind(EventKind.LEAD_CREATED)
        .setTenantId(BenchTenant.MEASURED.id())
        .setAccountId(BenchTenant.ACCOUNT)
        .setEntityType(EntityType.LEAD)
        .setEntityId(id)
        .setSubjectType(EntityType.LEAD)
        .setSubjectId(id)
        .setReceivedAt(at)
        .setOccurredAt(at - at % 1_000)
        .setFields(
            Map.of(
                "name", "Заявка #" + id,
                "status_id", "64100200",
                "pipeline_id", "7300100",
                "responsible_user_id", "11002200",
                "price", Integer.toString(500 + lead % 400)))
        .setCustomFields(
            List.of(
                new CustomField(FIELD, null, "Visit", List.of(new FieldValue(date, null, null)))))
        .build();
  }

  /** A record of the topic, whose timestamp is the broker's. */
  Told told(ConsumerRecord<byte[], byte[]> record) {
    RuleDecided decided = decisions.decode(record.value());
    return new Told(
        Integer.parseInt(decided.getSubjectId()), decided.getDueAt(), record.timestamp());
  }
}
