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
import io.voronka.schemas.Subject;
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
    told(Wave.atSeconds("seven and eight", 7, 2, DUE, 2), 8, DUE);
  }

  @Test
  void theMomentsOfOneSecondAreToldToTheMillisecond() {
    told(Wave.overOneSecond("a thousand", 7, 1_000, DUE), 8, DUE + 1);
  }

  private void told(Wave wave, int lead, long due) {
    RuleSet set = compiled();
    CrmEvent event = waiting.arming(wave, lead, T0);

    Decision armed = set.decide(SubjectState.EMPTY, event, Clocks.at(T0), AccountSetting.UNKNOWN);
    assertThat(armed.decided()).isEmpty();
    assertThat(armed.state().standing().nextDue()).isEqualTo(due);

    Decision moment =
        set.decideMoment(
            armed.state(), Subject.of(event), new Clocks(due, due), AccountSetting.UNKNOWN);
    assertThat(moment.actions()).hasSize(1);
    assertThat(moment.state().standing().nextDue()).isEqualTo(Long.MAX_VALUE);
    byte[] value = RecordCodec.of(RuleDecided.class).encode(moment.decided().orElseThrow());
    Told told =
        waiting.told(new ConsumerRecord<>(waiting.topic(), 0, 0, new byte[0], value)).orElseThrow();
    assertThat(told.lead()).isEqualTo(lead);
    assertThat(told.dueAt()).isEqualTo(due);
  }

  private RuleSet compiled() {
    return RuleSet.compile(
        1,
        waiting.rows(T0).stream()
            .map(ControlChange::getRule)
            .filter(Objects::nonNull)
            .map(
                row ->
                    new RuleVersion(
                        RuleParser.create().parse(row.getDefinition()).rule().orElseThrow(),
                        row.getVersion()))
            .toList());
  }
}
