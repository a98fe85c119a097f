package io.voronka.infra.local.bench.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.voronka.infra.local.bench.timers.Lateness.Told;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Clocks;
import io.voronka.rules.domain.Decision;
import io.voronka.rules.domain.RuleSet;
import io.voronka.rules.domain.RuleVersion;
import io.voronka.rules.domain.subject.SubjectState;
import io.voronka.rules.parsing.RuleParser;
import io.voronka.schemas.ControlChange;
import io.voronka.schemas.CrmEvent;
import io.voronka.schemas.RecordCodec;
import io.voronka.schemas.RuleDecided;
import io.voronka.schemas.RuleRow;
import io.voronka.schemas.Subject;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class WaitingRuleTest {
  private static final long T0 = 1_760_000_000_123L;
  private static final long DUE = 1_760_000_500_000L;

  private final WaitingRule waiting = new WaitingRule();

  /** What the benchmark counts on is what the rule engine does. */
  @Test
  void anEventArmsTheRuleAndItsMomentIsToldOnTime() {
    RuleSet set = compiled();
    CrmEvent event = waiting.arming(7, T0, DUE);

    Decision armed = set.decide(SubjectState.EMPTY, event, Clocks.at(T0), AccountSetting.UNKNOWN);
    assertThat(armed.decided()).isEmpty();
    assertThat(armed.state().standing().nextDue()).isEqualTo(DUE);

    Decision moment =
        set.decideMoment(
            armed.state(), Subject.of(event), new Clocks(DUE, DUE), AccountSetting.UNKNOWN);
    assertThat(moment.actions()).hasSize(1);
    assertThat(moment.state().standing().nextDue()).isEqualTo(Long.MAX_VALUE);
    byte[] value = RecordCodec.of(RuleDecided.class).encode(moment.decided().orElseThrow());
    Told told =
        waiting.told(new ConsumerRecord<>(waiting.topic(), 0, 0, new byte[0], value)).orElseThrow();
    assertThat(told.lead()).isEqualTo(7);
    assertThat(told.dueAt()).isEqualTo(DUE);
  }

  private RuleSet compiled() {
    RuleRow row =
        waiting.rows(T0).stream()
            .map(ControlChange::getRule)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return RuleSet.compile(
        1,
        List.of(
            new RuleVersion(
                RuleParser.create().parse(row.getDefinition()).rule().orElseThrow(),
                row.getVersion())));
  }
}
