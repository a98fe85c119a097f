package io.voronka.jobs.evaluaterules.operators;

import io.voronka.jobs.evaluaterules.domain.SequenceCommands;
import io.voronka.rules.domain.AccountSetting;
import io.voronka.rules.domain.Decision;
import io.voronka.schemas.ActionRequested;
import io.voronka.schemas.RuleDecided;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The ways out of the judging: a decision with a daily limit goes as a whole to where it is kept.
 */
final class DecisionOutput implements JudgeOutput {
  private final Output<StreamRecord<RuleDecided>> output;
  private final CappedDecisions capped = new CappedDecisions();

  DecisionOutput(Output<StreamRecord<RuleDecided>> output) {
    this.output = output;
  }

  @Override
  public void emit(Decision decision, AccountSetting setting) {
    if (!decision.capped().isEmpty()) {
      output.collect(JudgeEvents.CAPPED, new StreamRecord<>(capped.encode(decision, setting)));
      return;
    }
    decision.decided().ifPresent(decided -> output.collect(new StreamRecord<>(decided)));
    for (ActionRequested action : decision.actions()) {
      if (SequenceCommands.isOne(action)) {
        output.collect(JudgeEvents.COMMANDS, new StreamRecord<>(SequenceCommands.of(action)));
      } else {
        output.collect(JudgeEvents.ACTIONS, new StreamRecord<>(action));
      }
    }
  }
}
