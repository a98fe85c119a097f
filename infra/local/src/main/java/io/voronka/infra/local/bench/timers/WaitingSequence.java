package io.voronka.infra.local.bench.timers;

import io.voronka.infra.local.bench.BenchTenant;
import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.infra.local.stack.JobCatalog;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.ProgressKind;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One sequence whose first step waits until an hour before the visit; its second is a note. */
final class WaitingSequence implements Waits {
  private static final String SEQUENCE = "before-the-visit";
  private static final String DEFINITION =
      """
      {"id": "%s", "entry": {"event": "lead_created"},
       "steps": [{"id": "visit", "wait": {"until": {"field_id": %s, "before": "1h"}}},
                 {"id": "note", "kommo_action": {"add_note": {"text": "{{lead.name}} comes in an hour"}}}]}
      """
          .formatted(SEQUENCE, Visit.FIELD);

  private final RecordCodec<SequenceProgressed> progress = RecordCodec.of(SequenceProgressed.class);

  @Override
  public String job() {
    return JobCatalog.DRIVE_SEQUENCES;
  }

  @Override
  public String topic() {
    return Topics.SEQUENCES_PROGRESSED;
  }

  @Override
  public boolean oneRecordEach() {
    return false;
  }

  @Override
  public List<ControlChange> rows(long effectiveAt) {
    return BenchTenant.MEASURED.withSequence(SEQUENCE, DEFINITION, effectiveAt);
  }

  @Override
  public CrmEvent arming(Wave wave, int lead, long at) {
    return Visit.of(lead, at, wave.due(lead));
  }

  /** What comes due is the second step: it is asked for. */
  @Override
  public Optional<Told> told(ConsumerRecord<byte[], byte[]> record) {
    SequenceProgressed one = progress.decode(record.value());
    return one.getKind() == ProgressKind.REQUESTED
        ? Optional.of(
            new Told(Integer.parseInt(one.getSubjectId()), one.getDueAt(), record.timestamp()))
        : Optional.empty();
  }
}
