package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One rule that fires an hour before the visit, which the CRM keeps in whole seconds, and one that
 * fires an hour after the last change, whose time has milliseconds.
 */
final class WaitingRule implements Waits {
  private static final String VISIT = "before-the-visit";
  private static final String VISIT_DEFINITION =
      """
      {"id": "%s", "when": {"time_elapsed": {"field_id": %s, "before": "1h"}},
       "actions": [{"key": "note", "add_note": {"text": "{{lead.name}} comes in an hour"}}]}
      """
          .formatted(VISIT, Visit.FIELD);
  private static final String CHANGE = "after-the-change";
  private static final String CHANGE_DEFINITION =
      """
      {"id": "%s", "when": {"time_elapsed": {"since": "lead_updated", "for": "1h"}},
       "actions": [{"key": "note", "add_note": {"text": "{{lead.name}} has not changed for an hour"}}]}
      """
          .formatted(CHANGE);

  private final RecordCodec<RuleDecided> decisions = RecordCodec.of(RuleDecided.class);

  @Override
  public String job() {
    return JobCatalog.EVALUATE_RULES;
  }

  @Override
  public String topic() {
    return Topics.RULES_DECIDED;
  }

  @Override
  public boolean oneRecordEach() {
    return true;
  }

  @Override
  public List<ControlChange> rows(long effectiveAt) {
    return BenchTenant.MEASURED.with(
        Map.of(VISIT, VISIT_DEFINITION, CHANGE, CHANGE_DEFINITION), effectiveAt);
  }

  @Override
  public CrmEvent arming(Wave wave, int lead, long at) {
    long due = wave.due(lead);
    return wave.spread() ? LastChange.of(lead, at, due) : Visit.of(lead, at, due);
  }

  @Override
  public Optional<Told> told(ConsumerRecord<byte[], byte[]> record) {
    RuleDecided decided = decisions.decode(record.value());
    return Optional.of(
        new Told(Integer.parseInt(decided.getSubjectId()), decided.getDueAt(), record.timestamp()));
  }
}
