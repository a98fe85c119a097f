package io.voronka.infra.local.bench.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.SequenceProgressed;
import io.voronka.schemas.SequenceRow;
import io.voronka.schemas.Subject;
import io.voronka.sequences.domain.Driven;
import io.voronka.sequences.domain.Enrolments;
import io.voronka.sequences.domain.SequenceSet;
import io.voronka.sequences.domain.SequenceVersion;
import io.voronka.sequences.parsing.SequenceParser;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class WaitingSequenceTest {
  private static final long T0 = 1_760_000_000_123L;
  private static final long DUE = 1_760_000_500_000L;

  private final WaitingSequence waiting = new WaitingSequence();

  /** What the benchmark counts on is what the sequence engine does. */
  @Test
  void aLeadWaitsAndItsMomentIsToldOnceAndOnTime() {
    SequenceSet set = set();
    CrmEvent event = waiting.arming(Wave.atSeconds("one", 7, 1, DUE, 1), 7, T0);

    Driven armed =
        set.event(
            Enrolments.NONE, SubjectState.EMPTY, event, Clocks.at(T0), AccountSetting.UNKNOWN);
    assertThat(armed.enrolments().nextDue()).isEqualTo(DUE);
    assertThat(told(armed)).isEmpty();

    Driven moment =
        set.moment(
            armed.enrolments(),
            armed.state(),
            Subject.of(event),
            new Clocks(DUE, DUE),
            AccountSetting.UNKNOWN);
    assertThat(moment.actions()).hasSize(1);
    assertThat(told(moment)).containsExactly(new Told(7, DUE, ConsumerRecord.NO_TIMESTAMP));
  }

  private List<Told> told(Driven driven) {
    RecordCodec<SequenceProgressed> codec = RecordCodec.of(SequenceProgressed.class);
    return driven.progress().stream()
        .map(one -> new ConsumerRecord<>(waiting.topic(), 0, 0, new byte[0], codec.encode(one)))
        .map(waiting::told)
        .flatMap(Optional::stream)
        .toList();
  }

  private SequenceSet set() {
    SequenceRow row =
        waiting.rows(T0).stream()
            .map(ControlChange::getSequence)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return SequenceSet.of(
        List.of(
            new SequenceVersion(
                SequenceParser.create().parse(row.getDefinition()).sequence().orElseThrow(),
                row.getVersion(),
                T0)));
  }
}
